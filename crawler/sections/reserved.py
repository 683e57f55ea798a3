"""Names under which sites keep what is no story: their lists, forms, legal pages. In many languages.

Each stands between two slashes of an address. That they are spelled in ASCII is the outlets' own way.
"""

_LISTS = """
    tags? tagged topics? authors? byline profiles? people columnists? contributors? users? archives?
    categor(?:y|ies) search page sitemaps? feeds? rss themas? themes? themen rubrik rubriken suche tema
    temas temaer emne emner emneord forfatter forfattere skribent skribenter journalist journaliste aihe
    aiheet asiasana kirjoittaja kirjoittajat haku auteurs? autore autori autora? autores autoren autor
    categor[ií]as? cat[ée]gories? kategorie kategorien kategoria kategori kategoriler kategorier
    rubriques? rubrica rubricas mots?-cles etiquetas? etiket etiketler etichette tematy temat tagi yazar
    yazarlar konu konular arama ara buscar buscador busca recherche cerca ricerca sok search-results
    szukaj autorzy hledat stitek keresse cimke szerzo avtor avtory teg tegi tema-dnya rubrics arsiv
    archiv archivo archivio arkiv arkisto hashtag hashtags label labels
"""
_FORMS = """
    login log-in signin sign-in sign-up signup register registration account my-account
    subscri(?:be|ption|ptions) abo abos abonnement abonnements abonnieren abonnez-vous suscripcion
    suscripciones suscribete assine assinatura assinaturas abbonamenti abbonati prenumerera
    prenumeration tilaa tilaus abonelik uyelik giris kayit anmelden anmeldung registrieren konto mypage
    my-page logga-in kirjaudu logowanie prenumerata predplatne newsletters? boletin boletines bulten
    nyhetsbrev uutiskirje infolettre alerts comments? share print comment-policy kommentare comentarios
    unsubscribe password passwort wachtwoord donate spenden donar
"""
_LEGAL = """
    about about-us contact contact-us contacto contactos kontakt kontakta contatti contato iletisim help
    hjelp hilfe ayuda aide ajuda faqs? careers jobs privacy terms legal impressum imprint datenschutz
    cookies? cookie-policy mentions-legales aviso-legal note-legali informativa-privacy privacidad
    privacidade confidentialite gizlilik kunye hakkimizda om-oss om-os tietosuoja kayttoehdot
    yhteystiedot integritetspolicy personvern vilkar quienes-somos quem-somos chi-siamo qui-sommes-nous
    uber-uns ueber-uns agb nutzungsbasis colophon colofon polityka-prywatnosci regulamin kontakty
    accessibility barrierefreiheit ethics
"""
_OTHERS = """
    podcasts? galler(?:y|ies) horoscopes? horoskop horoskope horoscopo horoscoop burclar crosswords?
    puzzles games shop store deals vouchers? coupons? gutscheine rabatkoder rabattkoder codes-promo
    advertis(?:e|ing) publireportage publicidad reklam mediadaten annonsera annonsere annoncer anzeigen
    werbung e-?papers? e-?gazete epaper tv-guide tv-program tv-programm
"""
NAMES = tuple(f"{_LISTS} {_FORMS} {_LEGAL} {_OTHERS}".split())
