"""Words and scenes in English. Nothing here names a real artist on purpose."""

from .scene import Scene, Words, words

ENGLISH: Words = {
    "adj": words(
        "Quiet Paper Hollow Golden Slow Distant Wild Silver Broken Northern Velvet Little Crooked Burning Faded Second Last Early Half-Lit"
    ),
    "noun": words(
        "Harbour Lanterns Foxes River Orchard Windows Sparrows Motorway Static Gravel Winter Thunder Letters Horses Satellites Porch "
        "Tides Kitchen Avalanche Ferry Cathedral Marigolds Telephone Shoreline Wolves Ember Attic"
    ),
    "verb": words("Hold Leave Carry Follow Forgive Wake Remember Lose Call Find"),
    "who": words("Me You Us Her Him It Everyone"),
    "when": words(
        "Tonight Again Tomorrow Slowly Anyway Home Before_Dawn Till_Monday In_June"
    ),
    "first": words(
        "Mira Ellis Wren Tomas Ada Jonah Imogen Rufus Hattie Callum Nell Saoirse Idris Zadie Owen Priya Kwame Maeve"
    ),
    "last": words(
        "Okonkwo Harrow Fenwick Delacroix-Moss Adeyemi Pryce Sutherland Kaur O'Dwyer Lindgren Marlowe Vance Abara Whitlock"
    ),
    "place": words(
        "Marseille Leith Tulsa Salford Galway Reykjavík Montréal Aberdeen Lagos Halifax Trieste"
    ),
}

SONGS = (
    "{adj} {noun}",
    "The {noun}",
    "{noun} & {noun}",
    "{verb} {who} {when}",
    "{noun} in {place}",
    "{verb} {who}",
    "{adj}, {adj}",
    "Song for {first}",
    "{noun} (Interlude)",
    "I Won't {verb} {who} {when}",
    "{place}",
    "Don't {verb} {who}",
    "{adj} {noun}, {adj} {noun}",
    "When the {noun} {verb} {who}",
)

ENGLISH_SCENES: dict[str, Scene] = {
    "indie": Scene(
        artists=62,
        isrc_country="GB",
        bands=(
            "The {adj} {noun}",
            "{adj} {noun}",
            "{noun} & {noun}",
            "{first} and the {noun}",
            "{noun} Club",
        ),
        titles=SONGS,
        words=ENGLISH,
        seconds=(218, 42),
    ),
    "folk": Scene(
        artists=34,
        isrc_country="US",
        bands=(
            "{first} {last}",
            "{first} & {first}",
            "The {last} Family",
            "{first} {last} & the {noun}",
        ),
        titles=(
            *SONGS,
            "The Ballad of {first} {last}",
            "{place} Reel",
            "O {first}, {verb} {who} {when}",
        ),
        words=ENGLISH,
        seconds=(226, 50),
        since=1968,
    ),
    "rock": Scene(
        artists=36,
        isrc_country="US",
        bands=(
            "{adj} {noun}",
            "Blöd{noun}",
            "{last}",
            "Söns of {place}",
            "The {noun} Brothers",
            "{noun} Machine",
        ),
        titles=SONGS,
        words=ENGLISH,
        seconds=(248, 60),
        explicit=0.08,
        since=1969,
    ),
    "electronic": Scene(
        artists=40,
        isrc_country="GB",
        bands=(
            "{unit}",
            "{noun}/{noun}",
            "{first} {unit}",
            "DJ {last}",
            "{unit} & {unit}",
            "{noun}.exe",
        ),
        titles=(
            "{unit}",
            "{noun} {number}",
            "{adj} {noun} - Extended Mix",
            "{noun} ({unit} Remix)",
            "{place} 5am",
            "{verb} {who} {when}",
        ),
        words=ENGLISH
        | {
            "unit": words(
                "Halden NVLK Orbis Kessel Moire Vantaa Tessel Ø Röda Kilo Paravane Lumen Sektor"
            ),
            "number": words("1 2 3 04 0.5 IV 303 909"),
        },
        seconds=(312, 80),
        features=0.14,
    ),
    "hiphop": Scene(
        artists=40,
        isrc_country="US",
        bands=(
            "Lil {stone}",
            "{first} {stone}",
            "Young {stone}",
            "{stone} Tha {stone}",
            "MC {last}",
            "{letter}. {last}",
            "Big {stone}",
        ),
        titles=(
            "{adj} {noun}",
            "{stone} Talk",
            "{number} Missed Calls",
            "{place} Freestyle",
            "{verb} {who}",
            "No {noun}",
            "{stone} on the {noun}",
        ),
        words=ENGLISH
        | {
            "stone": words(
                "Ferro Onyx Prophet Cobalt Ace Ledger Tempo Basalt Saffron Domino Vinyl Marble"
            ),
            "number": words("3 7 12 44 99"),
            "letter": words("J K T Q D"),
        },
        seconds=(186, 38),
        features=0.34,
        explicit=0.55,
        since=2001,
    ),
    "soul": Scene(
        artists=30,
        isrc_country="US",
        bands=(
            "{first} {last}",
            "{last} & the {adj} {noun}",
            "The {place} Strings",
            "Sister {last}",
        ),
        titles=(
            *SONGS,
            "{verb} {who} {when}, Baby",
            "Sweet {first}",
            "(You {verb} {who}) {when}",
        ),
        words=ENGLISH,
        seconds=(232, 44),
        features=0.15,
        since=1966,
    ),
    "jazz": Scene(
        artists=30,
        isrc_country="US",
        bands=(
            "{first} {last} Trio",
            "{last} Quartet",
            "The {place} Septet",
            "{first} {last}",
            "{last}/{last} Duo",
        ),
        titles=(
            "{noun} for {first}",
            "{place} Blues",
            "{last}'s Mood",
            "{adj} {noun}",
            "{noun} - Take 2",
            "Waltz for {first}",
            "{noun} - Live at the {noun}",
        ),
        words=ENGLISH,
        seconds=(356, 110),
        since=1957,
    ),
}
