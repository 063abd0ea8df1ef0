"""Scenes in other languages than English, and classical music. Nothing here names a real artist on purpose."""

from .scene import Scene, words

SCENES_ELSEWHERE: dict[str, Scene] = {
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
            "first": words(
                "Ilse Anton Dorothée Václav György Sofiya Leoš Márta Edvard Clara Håkon Jiří"
            ),
            "last": words(
                "Brandstetter Kováč Szép Lindhölm Dvorník Aurelle Ostrowski Haugland Wernicke Żeleński"
            ),
            "city": words("Tromsø Göteborg Łódź Graz Basel Plzeň Ghent Århus"),
            "number": words("1 2 3 4 5 7 9 11"),
            "opus": words("9 12 18 27 33 59 74 101 127"),
            "key": words(
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
            "season": words("neige pluie nuit mer lune"),
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
            "first": words(
                "Sanne Joris Fleur Teun Maartje Sjoerd Noor Daniël Zoë Loïs Bram"
            ),
            "last": words(
                "Verhoeven de_Wit van_den_Berg Hoekstra Brouwer ten_Cate Smeets Kuijpers van_’t_Hof"
            ),
            "bijv": words("Stille Blauwe Laatste Verre Lange Gouden Natte Scheve"),
            "ding": words(
                "dijken straten ramen zomers fietsen duinen wolken schepen nachten"
            ),
            "het": words("eiland licht raam orkest verhaal café"),
            "werk": words("lacht wacht danst zwijgt vertrekt slaapt weggaat"),
            "wanneer": words("zondag morgen straks vannacht februari laat_vanavond"),
            "stad": words(
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
            "first": words(
                "Éloïse Cédric Anaïs Gaëlle Théo Solène Noé Maëlys Aurélien Zélie"
            ),
            "last": words(
                "Bellanger Marchais Lefèvre-Roy Quéméner Dufresnoy Aït_Saïd Courbet"
            ),
            "nom": words("fenêtres oiseaux trottoirs étoiles valises dimanches marées"),
            "adj": words("bleus perdus d'hiver lointains sauvages"),
            "verbe": words("chante pleure danse pars rêve reviens"),
            "quand": words("demain minuit l'été toujours ce_soir"),
            "femme": words("chanson pluie fenêtre mer lumière"),
            "mois": words("août octobre avril"),
            "ville": words("Nîmes Sète Orléans Brest Liège Genève"),
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
            "first": words(
                "Jörg Anneliese Käthe Matthäus Lütfiye Björn Frauke Özlem Günther"
            ),
            "last": words(
                "Krüger Böttcher Schönfeld Weißhaupt Yıldız Müller-Lüdenscheid Großmann"
            ),
            "adj": words("Müden Letzten Grünen Schönen Kalten Großen"),
            "ding": words("Züge Türme Straßen Wälder Nächte Brücken Vögel Öfen"),
            "verb": words("gehst träumst schläfst lügst bleibst fährst"),
            "wann": words("Montag Heute Freitag Später"),
            "zahl": words("drei sieben elf zwölf"),
            "stadt": words("Köln München Görlitz Lübeck Osnabrück Wien Zürich"),
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
            "first": words(
                "Åsa Björk-Ellen Sölvi Þórdís Mårten Ingrid Søren Håvard Freja Guðrún Elin"
            ),
            "last": words(
                "Sjöström Ødegård Ásgeirsdóttir Lindqvist Nygård Hjelm Åkerlund Kjærgaard"
            ),
            "plats": words(
                "Gården Älvsjö Tromsøya Ísafjörður Norrköping Skagen Ålesund Gränna"
            ),
            "ting": words(
                "Snö Årstider Fjärilar Vågor Ljus Stjärnor Björkar Dimma Vinterljus"
            ),
            "adj": words("Sista Första Blå Långa Ensamma Stilla"),
            "verb": words("väntar drömmer sjunger flyr minns"),
            "nar": words("igen ikväll i_maj alltid på_söndag"),
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
            "first": words(
                "Lucía João Íñigo Marisol Thaís Andrés Belén Caetana Núria Ramón"
            ),
            "last": words(
                "Peña Ibáñez Guimarães Muñoz Conceição Quiñones Echeverría Araújo"
            ),
            "nombre": words("Gatos Hermanos_del_Río Pájaros Navegantes Vecinos"),
            "cosa": words("luna calle canción sombra playa lluvia madrugada"),
            "verbo": words("llames olvides bailas vuelves esperas dejes"),
            "cuando": words("mañana otra_vez siempre de_noche después"),
            "lugar": words("Cádiz Olinda Medellín Córdoba Setúbal Valparaíso"),
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
            "first": words("Haruka Ren Sōta Yūko Mei Kenji Aoi"),
            "last": words("Kurosawa-Lane Ōmori Fujisaki Hayama Tachikawa Shiratori"),
            "mono": words("猫 雨音 電車 花火 海岸線 金魚 影 手紙 星屑 風鈴"),
            "kata": words(
                "ネオン スローモーション サイダー パレード ミッドナイト レインコート"
            ),
            "toki": words("夜明け 夏 真夜中 日曜日 十月 放課後"),
        },
        seconds=(246, 40),
    ),
}
