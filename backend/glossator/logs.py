"""How log lines look: one line of time, level, event and values; tracebacks without local variables."""

import logging

import structlog
from structlog.typing import EventDict, WrappedLogger


def configure_logs() -> None:
    """Send structlog through `logging` to standard error; the supervisor keeps it in files."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s [%(levelname)s] %(name)s: %(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _leave_traceback_to_logging,
            structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0),
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _leave_traceback_to_logging(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """`log.exception` reaches `logging.exception`, which writes the traceback itself."""
    event.pop("exc_info", None)
    return event
