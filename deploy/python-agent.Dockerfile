# The example's agent and document service: docker build -f deploy/python-agent.Dockerfile -t daveloper-agent .
FROM python:3.13-slim
RUN pip install --no-cache-dir grpcio==1.84.0 grpcio-tools==1.84.0 pypdf==6.19.0 \
    && install -d -m 0700 -o 65532 -g 65532 /data
COPY proto/src/main/proto /opt/agent/proto/src/main/proto
COPY examples/python-agent /opt/agent/examples/python-agent
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 50052
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/agent/examples/python-agent/run"]
CMD ["both", "--host", "0.0.0.0", "--data", "/data"]
