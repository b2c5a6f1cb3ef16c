FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN npm ci
RUN node node_modules/typescript/bin/tsc -b
RUN node apps/control-plane/packaging/bundle.mjs
RUN npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production
ENV NODE_OPTIONS=--max-semi-space-size=16
ENV SPILLWAY_HOST=0.0.0.0
ENV SPILLWAY_PORT=8080
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/apps ./apps
COPY --from=build /app/libs ./libs
COPY --from=build /app/migrations ./migrations
COPY --from=build /app/sdk ./sdk
COPY --from=build /app/docs/guides/errors.md ./docs/guides/errors.md
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.SPILLWAY_PORT + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/control-plane/dist/bundle/main.js"]
