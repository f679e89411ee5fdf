"""The producer: sends the worker's task by its name; the service knows no task's code."""

from urllib.parse import urlsplit

from celery import Celery

TASK = "glossator.work"


def broker_url(redis_url: str) -> str:
    """Celery's spelling of a Redis address: `unix:///path?db=0` is `redis+socket:///path?virtual_host=0`."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    database = dict(pair.partition("=")[::2] for pair in parts.query.split("&")).get("db", "0")
    return f"redis+socket://{parts.netloc}{parts.path}?virtual_host={database}"


class Broker:
    """Sends "there is work on this queue"; an error of the connection is raised to the caller at once."""

    def __init__(self, redis_url: str, *, expires: float) -> None:
        self._expires = expires
        self._celery = Celery("glossator-producer", broker=broker_url(redis_url), set_as_current=False)
        self._celery.conf.update(
            task_ignore_result=True,
            broker_transport_options={"socket_timeout": 5, "socket_connect_timeout": 5},
        )

    def send(self, queue: str) -> None:
        """Wake one worker of `queue`. Messages expire: those nobody took are repeated by the relay."""
        self._celery.send_task(
            TASK, kwargs={"queue": queue}, queue=queue, expires=self._expires, retry=False, ignore_result=True
        )

    def close(self) -> None:
        self._celery.close()
