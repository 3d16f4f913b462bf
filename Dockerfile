# The service with its pages. Each command runs natively in test/deploy/dockerfile.test.ts.
FROM node:20-bookworm-slim AS build
WORKDIR /service
COPY package.json package-lock.json ./
# No scripts: the only one that matters compiles the embedded database, and a container keeps its data in PostgreSQL.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY app app
COPY batch batch
COPY demo demo
COPY src src
RUN npm run build
RUN npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim
ENV NODE_ENV=production
ENV HOST=0.0.0.0
ENV PORT=3000
WORKDIR /service
COPY --from=build /service/package.json ./
COPY --from=build /service/node_modules node_modules
COPY --from=build /service/dist dist
COPY LICENSE NOTICE ./
COPY demo demo
COPY questionnaires questionnaires
COPY plan-definitions plan-definitions
# Writes nothing: the file system may be read-only.
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--max-semi-space-size=8", "dist/src/main.js"]
