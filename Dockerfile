# One image for producer, consumer and web: the command says which (`task consume`).
FROM denoland/deno:2.9.6

WORKDIR /app
RUN chown deno:deno /app
USER deno

# Dependencies change less often than code, so they are a layer of their own.
COPY --chown=deno:deno deno.json deno.lock ./
RUN ["deno", "install", "--frozen"]
COPY --chown=deno:deno . .

CMD ["task", "web"]
