# AtOdds as one container. The steps are the README's own: `up --setup-only` makes the environment from
# the hashed lock when the image is built, `up` prepares the database and serves when it runs.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ATODDS_STATIC_DIR=/app/served/static
RUN useradd --system --create-home --uid 10001 atodds \
    && install --directory --owner atodds --group atodds /app /data
WORKDIR /app
USER atodds

# Packages and static files are built in; the data made on the way is thrown away.
COPY --chown=atodds manage.py requirements.lock ./
COPY --chown=atodds project ./project
COPY --chown=atodds annotations ./annotations
COPY --chown=atodds templates ./templates
COPY --chown=atodds static ./static
RUN ATODDS_DATA_DIR=/tmp/build python3 manage.py up --setup-only --no-demo >/tmp/build.log \
    || { cat /tmp/build.log; exit 1; } \
    && rm -r /tmp/build /tmp/build.log

ENV ATODDS_DATA_DIR=/data ATODDS_PROFILE=server
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python3", "-c", "import socket; socket.create_connection(('127.0.0.1', 8000), 3).close()"]
CMD ["python3", "manage.py", "up", "--host", "0.0.0.0", "--no-demo"]
