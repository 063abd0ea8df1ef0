"""The words that invented names are made of: one scene of music a block, and talk for podcasts and books.

A template's `{slot}` is filled with a word of the scene. Nothing here names a real artist on purpose.
"""

from dataclasses import dataclass

type Words = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene: how its artists and titles are named, how long its tracks are, and its manners."""

    artists: int
    """How many artists it has."""
    isrc_country: str
    bands: tuple[str, ...]
    titles: tuple[str, ...]
    words: Words
    seconds: tuple[int, int]
    """Mean and deviation of a track's length."""
    features: float = 0.06
    """How often a guest is on a track."""
    explicit: float = 0.02
    since: int = 1995
    """The earliest year of release."""


def _w(text: str) -> tuple[str, ...]:
    """Split words written with spaces; an underscore stands for a space within a word."""
    return tuple(word.replace("_", " ") for word in text.split())


_ENGLISH: Words = {
    "adj": _w(
        "Quiet Paper Hollow Golden Slow Distant Wild Silver Broken Northern Velvet Little Crooked Burning Faded Second Last Early Half-Lit"
    ),
    "noun": _w(
        "Harbour Lanterns Foxes River Orchard Windows Sparrows Motorway Static Gravel Winter Thunder Letters Horses Satellites Porch "
        "Tides Kitchen Avalanche Ferry Cathedral Marigolds Telephone Shoreline Wolves Ember Attic"
    ),
    "verb": _w("Hold Leave Carry Follow Forgive Wake Remember Lose Call Find"),
    "who": _w("Me You Us Her Him It Everyone"),
    "when": _w(
        "Tonight Again Tomorrow Slowly Anyway Home Before_Dawn Till_Monday In_June"
    ),
    "first": _w(
        "Mira Ellis Wren Tomas Ada Jonah Imogen Rufus Hattie Callum Nell Saoirse Idris Zadie Owen Priya Kwame Maeve"
    ),
    "last": _w(
        "Okonkwo Harrow Fenwick Delacroix-Moss Adeyemi Pryce Sutherland Kaur O'Dwyer Lindgren Marlowe Vance Abara Whitlock"
    ),
    "place": _w(
        "Marseille Leith Tulsa Salford Galway Reykjavík Montréal Aberdeen Lagos Halifax Trieste"
    ),
}

_SONGS = (
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

SCENES: dict[str, Scene] = {
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
        titles=_SONGS,
        words=_ENGLISH,
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
            *_SONGS,
            "The Ballad of {first} {last}",
            "{place} Reel",
            "O {first}, {verb} {who} {when}",
        ),
        words=_ENGLISH,
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
        titles=_SONGS,
        words=_ENGLISH,
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
        words=_ENGLISH
        | {
            "unit": _w(
                "Halden NVLK Orbis Kessel Moire Vantaa Tessel Ø Röda Kilo Paravane Lumen Sektor"
            ),
            "number": _w("1 2 3 04 0.5 IV 303 909"),
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
        words=_ENGLISH
        | {
            "stone": _w(
                "Ferro Onyx Prophet Cobalt Ace Ledger Tempo Basalt Saffron Domino Vinyl Marble"
            ),
            "number": _w("3 7 12 44 99"),
            "letter": _w("J K T Q D"),
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
            *_SONGS,
            "{verb} {who} {when}, Baby",
            "Sweet {first}",
            "(You {verb} {who}) {when}",
        ),
        words=_ENGLISH,
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
        words=_ENGLISH,
        seconds=(356, 110),
        since=1957,
    ),
    "classical": Scene(
        artists=22,
        isrc_country="DE",
        bands=(
            "{first} {last}",
            "{city} Philharmonic",
            "{city} Chamber Orchestra",
            "Ensemble {last}",
            "{first} {last}, {first} {last}",
        ),
        titles=(
            "Sonata No. {number} in {key}, Op. {opus}: {movement}",
            "Quartet No. {number} in {key}, Op. {opus}: {movement}",
            "Études, Op. {opus}: No. {number} in {key}",
            "Concerto in {key}, {last}V {opus}: {movement}",
            "Nocturne No. {number} in {key}",
            "Prélude à la {season}",
        ),
        words={
            "first": _w(
                "Ilse Anton Dorothée Václav György Sofiya Leoš Márta Edvard Clara Håkon Jiří"
            ),
            "last": _w(
                "Brandstetter Kováč Szép Lindhölm Dvorník Aurelle Ostrowski Haugland Wernicke Żeleński"
            ),
            "city": _w("Tromsø Göteborg Łódź Graz Basel Plzeň Ghent Århus"),
            "number": _w("1 2 3 4 5 7 9 11"),
            "opus": _w("9 12 18 27 33 59 74 101 127"),
            "key": _w(
                "C_Major E♭_Major D_Minor F♯_Minor B♭_Major G_Minor A_Major C♯_Minor"
            ),
            "movement": (
                "I. Allegro",
                "II. Adagio",
                "III. Scherzo. Vivace",
                "IV. Rondo. Presto",
                "II. Andante con moto",
                "III. Menuetto",
            ),
            "season": _w("neige pluie nuit mer lune"),
        },
        seconds=(402, 150),
        features=0.3,
        since=1962,
    ),
    "nederpop": Scene(
        artists=28,
        isrc_country="NL",
        bands=(
            "{first} {last}",
            "De {bijv} {ding}",
            "{ding} & {ding}",
            "{ding}",
            "Het {bijv} {het}",
        ),
        titles=(
            "{bijv} {ding}",
            "Nooit meer {stad}",
            "Als jij {werk}",
            "Zij {werk}",
            "Het is {wanneer}",
            "{wanneer} in {stad}",
            "Eén {het} voor {first}",
        ),
        words={
            "first": _w(
                "Sanne Joris Fleur Teun Maartje Sjoerd Noor Daniël Zoë Loïs Bram"
            ),
            "last": _w(
                "Verhoeven de_Wit van_den_Berg Hoekstra Brouwer ten_Cate Smeets Kuijpers van_’t_Hof"
            ),
            "bijv": _w("Stille Blauwe Laatste Verre Lange Gouden Natte Scheve"),
            "ding": _w(
                "dijken straten ramen zomers fietsen duinen wolken schepen nachten"
            ),
            "het": _w("eiland licht raam orkest verhaal café"),
            "werk": _w("lacht wacht danst zwijgt vertrekt slaapt weggaat"),
            "wanneer": _w("zondag morgen straks vannacht februari laat_vanavond"),
            "stad": _w(
                "Zwolle Rotterdam Groningen Den_Helder Vlissingen Maastricht Texel"
            ),
        },
        seconds=(206, 34),
    ),
    "chanson": Scene(
        artists=26,
        isrc_country="FR",
        bands=(
            "{first} {last}",
            "{first}",
            "Les {nom} {adj}",
            "{last} & Fils",
            "La {femme}",
        ),
        titles=(
            "Les {nom} {adj}",
            "{quand} à {ville}",
            "Je {verbe} {quand}",
            "La {femme} d'{mois}",
            "Où {verbe}-tu ?",
            "{first}, {first}",
            "Ça {verbe} encore",
        ),
        words={
            "first": _w(
                "Éloïse Cédric Anaïs Gaëlle Théo Solène Noé Maëlys Aurélien Zélie"
            ),
            "last": _w(
                "Bellanger Marchais Lefèvre-Roy Quéméner Dufresnoy Aït_Saïd Courbet"
            ),
            "nom": _w("fenêtres oiseaux trottoirs étoiles valises dimanches marées"),
            "adj": _w("bleus perdus d'hiver lointains sauvages"),
            "verbe": _w("chante pleure danse pars rêve reviens"),
            "quand": _w("demain minuit l'été toujours ce_soir"),
            "femme": _w("chanson pluie fenêtre mer lumière"),
            "mois": _w("août octobre avril"),
            "ville": _w("Nîmes Sète Orléans Brest Liège Genève"),
        },
        seconds=(214, 38),
        since=1961,
    ),
    "deutsch": Scene(
        artists=24,
        isrc_country="DE",
        bands=(
            "{first} {last}",
            "Die {adj} {ding}",
            "{ding}werk",
            "{last} & Söhne",
            "{ding}",
        ),
        titles=(
            "{ding}",
            "{adj} {ding}",
            "Über {stadt}",
            "Wenn du {verb}",
            "{wann} um {zahl}",
            "Für {first}",
            "Nie wieder {stadt}",
        ),
        words={
            "first": _w(
                "Jörg Anneliese Käthe Matthäus Lütfiye Björn Frauke Özlem Günther"
            ),
            "last": _w(
                "Krüger Böttcher Schönfeld Weißhaupt Yıldız Müller-Lüdenscheid Großmann"
            ),
            "adj": _w("Müden Letzten Grünen Schönen Kalten Großen"),
            "ding": _w("Züge Türme Straßen Wälder Nächte Brücken Vögel Öfen"),
            "verb": _w("gehst träumst schläfst lügst bleibst fährst"),
            "wann": _w("Montag Heute Freitag Später"),
            "zahl": _w("drei sieben elf zwölf"),
            "stadt": _w("Köln München Görlitz Lübeck Osnabrück Wien Zürich"),
        },
        seconds=(212, 36),
    ),
    "norden": Scene(
        artists=32,
        isrc_country="SE",
        bands=(
            "{first} {last}",
            "Övre {plats}",
            "{plats}",
            "{ting} & {ting}",
            "Sjung {first}",
            "{ting}",
        ),
        titles=(
            "{ting}",
            "{adj} {ting}",
            "Till {first}",
            "{plats}, {nar}",
            "Jag {verb} {nar}",
            "Låt oss {verb}",
            "Sången om {plats}",
            "{adj} {ting} <live>",
        ),
        words={
            "first": _w(
                "Åsa Björk-Ellen Sölvi Þórdís Mårten Ingrid Søren Håvard Freja Guðrún Elin"
            ),
            "last": _w(
                "Sjöström Ødegård Ásgeirsdóttir Lindqvist Nygård Hjelm Åkerlund Kjærgaard"
            ),
            "plats": _w(
                "Gården Älvsjö Tromsøya Ísafjörður Norrköping Skagen Ålesund Gränna"
            ),
            "ting": _w(
                "Snö Årstider Fjärilar Vågor Ljus Stjärnor Björkar Dimma Vinterljus"
            ),
            "adj": _w("Sista Första Blå Långa Ensamma Stilla"),
            "verb": _w("väntar drömmer sjunger flyr minns"),
            "nar": _w("igen ikväll i_maj alltid på_söndag"),
        },
        seconds=(234, 48),
    ),
    "latin": Scene(
        artists=32,
        isrc_country="ES",
        bands=(
            "{first} {last}",
            "Los {nombre}",
            "{first}",
            "La {cosa}",
            "{first} y {first}",
            "Orquesta {last}",
        ),
        titles=(
            "{cosa} de {lugar}",
            "Mi {cosa}",
            "No me {verbo}",
            "{verbo} {cuando}",
            "Corazón de {cosa}",
            "¿Dónde {verbo}?",
            "Saudade em {lugar}",
            "{cuando}",
        ),
        words={
            "first": _w(
                "Lucía João Íñigo Marisol Thaís Andrés Belén Caetana Núria Ramón"
            ),
            "last": _w(
                "Peña Ibáñez Guimarães Muñoz Conceição Quiñones Echeverría Araújo"
            ),
            "nombre": _w("Gatos Hermanos_del_Río Pájaros Navegantes Vecinos"),
            "cosa": _w("luna calle canción sombra playa lluvia madrugada"),
            "verbo": _w("llames olvides bailas vuelves esperas dejes"),
            "cuando": _w("mañana otra_vez siempre de_noche después"),
            "lugar": _w("Cádiz Olinda Medellín Córdoba Setúbal Valparaíso"),
        },
        seconds=(198, 34),
        features=0.22,
    ),
    "japan": Scene(
        artists=24,
        isrc_country="JP",
        bands=("{mono}", "{first} {last}", "{mono}と{mono}", "THE {mono}", "{kata}"),
        titles=(
            "{mono}",
            "{toki}の{mono}",
            "{mono}と{mono}",
            "{kata}",
            "{kata} - Acoustic Ver.",
            "さよなら{mono}",
            "{toki}、{mono}",
        ),
        words={
            "first": _w("Haruka Ren Sōta Yūko Mei Kenji Aoi"),
            "last": _w("Kurosawa-Lane Ōmori Fujisaki Hayama Tachikawa Shiratori"),
            "mono": _w("猫 雨音 電車 花火 海岸線 金魚 影 手紙 星屑 風鈴"),
            "kata": _w(
                "ネオン スローモーション サイダー パレード ミッドナイト レインコート"
            ),
            "toki": _w("夜明け 夏 真夜中 日曜日 十月 放課後"),
        },
        seconds=(246, 40),
    ),
}

TALK: Words = {
    "show": (
        "The {topic} Hour",
        "{topic} Daily",
        "{topic}, Explained",
        "Half Past {topic}",
        "Een kwartier {onderwerp}",
        "{first} & {first} Talk {topic}",
        "Stimmen aus {place}",
        "The Long {topic}",
        "De Dag in {onderwerp}",
    ),
    "episode": (
        "#{n}: Why {topic} Never Sleeps",
        "{n}. {first} {last} on {topic}",
        "The {adj} {noun} (Part {part})",
        "What {place} Taught Us about {topic}",
        "{topic} & {topic}: a Conversation with {first} {last}",
        "Afl. {n} – {onderwerp} voor beginners",
    ),
    "book": (
        "The {adj} {noun}",
        "A {noun} in {place}",
        "{first} {last} and the {noun}",
        "Letters from {place}",
        "{adj} {noun}: A Novel",
    ),
    "topic": _w(
        "News History Science Football Economics Gardening Crime Cinema Language Bread Night Sleep Maps Music"
    ),
    "onderwerp": _w("nieuws fietsen wetenschap geschiedenis voetbal koken politiek"),
    "part": _w("1 2 3"),
    **{slot: _ENGLISH[slot] for slot in ("adj", "noun", "first", "last", "place")},
}

STUDIOS = _w(
    "Longwave Tinkerbox Public_Desk Halfmoon_Audio Kanaal_9 Dachboden North_Sea_Stories"
)
LABELS = _w(
    "Lantern_Records Dijk_Muziek Blåvåg Côté_Sud Sable_Street Nachtzug Ōkami_Tapes Fieldnote Basalt_Sound Low_Tide_Recordings"
)
