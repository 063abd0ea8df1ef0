"""The command that marks an episode as finished or not; Spotify has no call for that."""

from typing import Annotated, Final, override

from ...dispatch.command import Result, SupervisedCommand
from ...dispatch.request_context import RequestContext
from ...history.queries.history_queries import HistoryQueries
from ...history.records.podcast_progress import KnownEpisode
from ...history.records.resume_points import mark_episode
from ...questions.base.parameters import Described, Form
from ...runtime.store.history_service import DATA_HISTORY
from ..accounts import account_of
from ..errors import UnknownEpisode, WhichEpisode
from ..parameters import AccountParameters
from ..stored_library import async_query
from ..things import link_meant

EPISODE: Final = Described(
    Form.TEXT, "The episode or chapter: its title, URI or link.", "The Weather, Again"
)
FINISHED: Final = Described(
    Form.FLAG,
    "Marks the episode as finished. Turn off to remove the mark; listening further removes it, too.",
    example=True,
)


class MarkEpisodeParameters(AccountParameters):
    """Whose, which episode, and what of it."""

    episode: Annotated[str, EPISODE]
    finished: Annotated[bool, FINISHED] = True


class MarkEpisodeResult(Result):
    """The episode that was marked."""

    listener: str
    title: str
    show: str | None
    uri: str
    finished: bool


class MarkEpisode(SupervisedCommand[MarkEpisodeParameters, MarkEpisodeResult]):
    """Heard, or not."""

    description = "Marks a podcast episode or a chapter as finished or not finished in Encore. Spotify's own mark can't be changed."
    repeatable = True
    stays_home = True

    @override
    async def async_run(
        self, asked: MarkEpisodeParameters, context: RequestContext
    ) -> MarkEpisodeResult:
        account = account_of(context, asked.listener)
        listener = account.listener
        episode = await _async_named(context, listener.key, asked.episode)
        uri, now = episode.episode.uri, context.query_context.clock.now
        await context.hass.data[DATA_HISTORY].async_store(
            mark_episode,
            listener,
            uri,
            finished=asked.finished,
            at=now,
        )
        return MarkEpisodeResult(
            listener.name,
            episode.episode.title,
            episode.show.name or None,
            uri,
            asked.finished,
        )


async def _async_named(
    context: RequestContext, listener: str, name: str
) -> KnownEpisode:
    """Return the episode of a title, a URI or a share link. Raises UnknownEpisode, WhichEpisode and NotALink."""
    link = link_meant(name)
    uri = link.uri if link else None

    def known(queries: HistoryQueries) -> list[KnownEpisode]:
        if uri is None:
            return queries.podcasts.named(listener, name)
        found = queries.podcasts.episode(listener, uri)
        return [] if found is None else [found]

    found = await async_query(context, known)
    if not found:
        raise UnknownEpisode(name=name)
    if len(found) > 1:
        raise WhichEpisode(
            name=name,
            known=", ".join(f"{each.show.name} ({each.episode.uri})" for each in found),
        )
    return found[0]
