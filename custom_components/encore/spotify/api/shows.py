"""Shows and audiobooks at Spotify: episodes and chapters with resume points."""

from collections.abc import Mapping
from typing import Any, final

from ...history.model import Kind
from ...history.records.podcast_progress import Episode, Show
from ..budget.response_cache import Answered
from ..call_purpose import Purpose
from ..errors import Unavailable
from .gateway import due
from .pages import A_PAGE, Page, read_page
from .player_calls import TypedCalls
from .response_fields import count_of, flag_of, image_of, object_of, text_of


def read_show(answer: Mapping[str, Any]) -> Show | None:
    """Read a show; None without a URI and a name. Of an audiobook it has the right number of parts."""
    uri, name = text_of(answer.get("uri")), text_of(answer.get("name"))
    if uri is None or name is None:
        return None
    total = answer.get("total_episodes") or answer.get("total_chapters")
    return Show(uri, name, image_url=image_of(answer), total=count_of(total) or 0)


def read_episode(answer: Mapping[str, Any]) -> Episode | None:
    """Read an episode or a chapter; None without a URI and a name. Lists have null where one was removed."""
    uri, title = text_of(answer.get("uri")), text_of(answer.get("name"))
    if uri is None or title is None:
        return None
    point = object_of(answer.get("resume_point"))
    return Episode(
        uri,
        title,
        count_of(answer.get("duration_ms")),
        text_of(answer.get("release_date")),
        image_of(answer),
        count_of(point.get("resume_position_ms")),
        flag_of(point.get("fully_played")),
    )


def read_episodes(answer: Mapping[str, Any]) -> Page[Episode]:
    """Read a page of episodes or chapters."""
    return read_page(answer, read_episode)


@final
class Podcasts(TypedCalls):
    """Typed calls about shows and audiobooks; each raises a SpotifyError when it fails."""

    purpose = Purpose.PODCASTS

    async def async_show(self, show_id: str) -> tuple[Show, Page[Episode]]:
        """Return a show with its newest episodes."""
        answer = due(
            await self._async_call(
                lambda client: client.show(show_id), ("show", show_id)
            )
        )
        if (show := read_show(answer)) is None:
            raise Unavailable("a show without a name")
        return show, read_episodes(object_of(answer.get("episodes")))

    async def async_resume_point(self, episode_id: str) -> int | None:
        """Return where the person stopped in an episode (ms); 0 once it was played to its end, None where Spotify does not say.

        Spotify returns it with the scope `user-read-playback-position`.
        """
        # It moves while the person listens, elsewhere too: an answer from before is none.
        answer = await self._async_call(
            lambda client: client.episode(episode_id), ("resume point", episode_id)
        )
        point = object_of(due(answer).get("resume_point"))
        if point.get("fully_played") is True:
            return 0
        return count_of(point.get("resume_position_ms"))

    async def async_episodes(
        self, show: Show, offset: int = 0, max_age_s: float | None = None
    ) -> Answered[Page[Episode]]:
        """Return up to 50 episodes of a show, the newest first, or chapters of an audiobook, the first first.

        Without `max_age_s` as they were read within the hour; as they were before that, while Spotify is not to be asked.
        """
        show_id = show.uri.rpartition(":")[2]
        answered = await self._async_read(
            lambda client: (
                client.get_audiobook_chapters(show_id, limit=A_PAGE, offset=offset)
                if show.kind is Kind.CHAPTER
                else client.show_episodes(show_id, limit=A_PAGE, offset=offset)
            ),
            ("episodes", show.uri, offset),
            max_age_s,
        )
        return answered.read(lambda answer: read_episodes(due(answer)))
