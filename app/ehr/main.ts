import { part } from '../shared/element.ts';

part('main');
