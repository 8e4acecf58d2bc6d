"""The environment in which Prefect runs for a home: its data beside ours, nothing sent out, recording in batches."""

from collections.abc import Mapping

from pipelines.settings import Home

HOST = "127.0.0.1"

_ALWAYS: Mapping[str, str] = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "1",
}


def api_url(port: int) -> str:
    """Address of the server's API."""
    return f"http://{HOST}:{port}/api"


def ui_url(port: int) -> str:
    """Address of the server's pages."""
    return f"http://{HOST}:{port}"


def environment(home: Home, port: int | None = None) -> dict[str, str]:
    """Variables for a process that runs Prefect for this home: with the server on this port, or with one of its own."""
    found = {**_ALWAYS, "PREFECT_HOME": str(home.folder / "prefect"), "ORDERMILL_HOME": str(home.folder)}
    if port is None:
        found["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "true"
        found["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] = "60"
    else:
        found |= {"PREFECT_API_URL": api_url(port), "PREFECT_UI_API_URL": api_url(port)}
    return found
