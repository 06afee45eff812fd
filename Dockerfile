FROM python:3.13-slim-bookworm

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

RUN useradd --create-home --uid 10001 jamae
WORKDIR /app

COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock

COPY . ./
RUN pip install --no-deps --no-build-isolation .

USER jamae
WORKDIR /home/jamae
EXPOSE 8000
ENTRYPOINT ["jamae"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
