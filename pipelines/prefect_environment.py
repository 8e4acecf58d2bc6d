"""The environment in which Prefect runs for a home: its data beside ours, nothing sent out, recording in batches."""

from collections.abc import Mapping

from pipelines.settings import HOME_VARIABLE, Home

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
    found = {**_ALWAYS, "PREFECT_HOME": str(home.folder / "prefect"), HOME_VARIABLE: str(home.folder)}
    if port is None:
        found["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "true"
        found["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] = "60"
    else:
        found |= {"PREFECT_API_URL": api_url(port), "PREFECT_UI_API_URL": api_url(port)}
    return {**found, **_own_pages_only(port)}


def _own_pages_only(port: int | None) -> dict[str, str]:
    """A browser on this machine shows pages of strangers too, and each of them may send requests to our port.

    The browser hands no answer to another origin than these (CORS), and the token that every change needs stands in
    such an answer (CSRF). A server of one's own, with a port that nobody knows before, shows its pages to nobody.
    """
    origins = (ui_url(port), f"http://localhost:{port}") if port is not None else (f"http://{HOST}",)
    return {
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": ",".join(origins),
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "true",
    }
