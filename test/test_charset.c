/* test_charset.c - pages in every charset that news was and is written in, declared rightly, wrongly and not at all.
 *
 * The bytes are made by iconv from sentences of our own, so that each case is the accident itself: what the
 * program reads must be the sentences again, whatever the page declares.
 */
#include "input/parts.h"
#include "test.h"

#include <iconv.h>
#include <string.h>

typedef struct sample {
    const char *charsets; /* that it is written in, parted by blanks */
    const char *text;
} sample;

static const sample samples[] = {
    {"windows-1256 iso-8859-6",
     "أعلنت وزارة الصحة أمس أن عدد المصابين بلغ سبعين شخصا في ثلاث مدن، وقال المتحدث باسمها إن المستشفيات "
     "استقبلت الجرحى منذ الصباح. وأضاف أن الطرق المؤدية إلى القرى الجبلية لا تزال مغلقة بسبب الثلوج، وأن فرق "
     "الإنقاذ تحاول الوصول إلى السكان الذين انقطعت عنهم الكهرباء والمياه."},
    {"windows-1256",
     "سخنگوي وزارت کشور گفت که پل قديمي شهر پس از ريزش بخشي از آن بسته شده است و چهار نفر زخمي شده\u200cاند. "
     "به گفته او گروه\u200cهاي امداد از پگاه ديروز در محل هستند و راه روستاهاي کوهستاني همچنان بسته است. مردم "
     "مي\u200cگويند چند روز است که آب و برق ندارند و کسي پاسخ نمي\u200cدهد، اما فرماندار مي\u200cگويد کارها رو به بهبود است."},
    {"windows-1251 koi8-r cp866 iso-8859-5 maccyrillic",
     "Городские власти закрыли старый мост после того, как ночью обрушилась часть пролета. По словам мэра, никто "
     "не пострадал, однако движение в центре города остановлено до вечера. Жители говорят, что о трещинах они "
     "сообщали еще в прошлом году, но ответа так и не получили. Прокуратура начала проверку."},
    {"windows-1251 koi8-r cp866 iso-8859-5",
     "ГОРОДСКИЕ ВЛАСТИ ЗАКРЫЛИ СТАРЫЙ МОСТ ПОСЛЕ ОБРУШЕНИЯ ПРОЛЕТА. Иванов Сергей Павлович, Щукин Юрий Эдуардович, "
     "Фёдорова Жанна Яковлевна и Цой Хён Ён признаны потерпевшими. ДВИЖЕНИЕ В ЦЕНТРЕ ОСТАНОВЛЕНО ДО ВЕЧЕРА. МЭР ГОРОДА "
     "ОБЪЯВИЛ ВЫХОДНОЙ, ПРОКУРАТУРА НАЧАЛА ПРОВЕРКУ."},
    {"windows-1251 iso-8859-5",
     "Градските власти затвориха стария мост, след като през нощта се срути част от него. Няма пострадали, каза кметът, "
     "но движението в центъра е спряно до вечерта. Жителите казват, че са съобщили за пукнатините още миналата година, "
     "без да получат отговор. Прокуратурата започна проверка."},
    {"windows-1251",
     "Гарадскія ўлады закрылі стары мост пасля таго, як уначы абрынулася яго частка. Паводле мэра, ніхто не пацярпеў, "
     "аднак рух у цэнтры горада спынены да вечара. Жыхары кажуць, што пра расколіны яны паведамлялі яшчэ летась, але "
     "адказу так і не атрымалі. Пракуратура пачала праверку."},
    {"windows-1252 iso-8859-15",
     "A câmara municipal encerrou a ponte velha depois de uma parte ter ruído durante a noite. Ninguém ficou ferido, "
     "afirmou o presidente, mas o trânsito no centro está interrompido até à noite. Os moradores dizem que já tinham "
     "denunciado as fissuras no ano passado, sem resposta. O Ministério Público abriu uma investigação às obras."},
    {"windows-1252 iso-8859-15",
     "Kommunen stängde den gamla bron sedan en del av den rasat under natten. Ingen har skadats, säger borgmästaren, men "
     "trafiken i centrum är stoppad till kvällen. De boende säger att de anmälde sprickorna redan förra året utan att få "
     "svar. Åklagaren har inlett en förundersökning och väntar på besked från Trafikverket om vägens skick."},
    {"windows-1250 iso-8859-2",
     "A város lezárta a régi hidat, miután az éjjel leomlott egy része. Senki sem sérült meg, közölte a polgármester, de "
     "a belvárosban estig áll a forgalom. A lakók szerint a repedéseket már tavaly bejelentették, választ azonban nem "
     "kaptak. Az ügyészség nyomozást indított, és őrizetbe vett egy mérnököt, akinek ügyvédje fellebbezést nyújtott be."},
    {"windows-1251 koi8-u",
     "Міська влада закрила старий міст після того, як уночі обвалилася частина прольоту. За словами мера, ніхто не "
     "постраждав, проте рух у центрі міста зупинено до вечора. Мешканці кажуть, що про тріщини вони повідомляли ще "
     "торік, але відповіді так і не отримали. Її чекають і досі, а прокуратура почала перевірку."},
    {"windows-1254",
     "Belediye, bir bölümü gece çöken eski köprüyü trafiğe kapattı. Başkan, kimsenin yaralanmadığını, ancak şehir "
     "merkezinde ulaşımın akşama kadar durduğunu söyledi. Mahalle sakinleri çatlakları geçen yıl bildirdiklerini, fakat "
     "hiçbir yanıt alamadıklarını anlatıyor. Savcılık soruşturma başlattı ve İçişleri Bakanlığı müfettiş görevlendirdi."},
    {"windows-1252 iso-8859-15",
     "La mairie a fermé le vieux pont après l'effondrement, cette nuit, d'une partie de la chaussée. Personne n'a été "
     "blessé, a déclaré le maire, mais la circulation est arrêtée jusqu'à ce soir. Les habitants disent avoir signalé "
     "les fissures dès l'année dernière, sans réponse. Le préfet a ordonné une enquête, dont on connaîtra bientôt l'issue."},
    {"windows-1252 iso-8859-15",
     "Die Stadt hat die alte Brücke gesperrt, nachdem in der Nacht ein Teil davon eingestürzt war. Verletzt wurde "
     "niemand, erklärte der Bürgermeister, doch müssen die Straßen im Zentrum bis zum Abend gesperrt bleiben. Anwohner "
     "hatten über größere Risse geklagt, aber keine Antwort erhalten. Die Behörde prüft, wer dafür haftet."},
    {"windows-1252",
     "El ayuntamiento cerró el puente viejo después de que se hundiera una parte. Nadie resultó herido, según el "
     "alcalde, aunque el tráfico seguirá cortado en el centro hasta mañana. Los vecinos habían avisado de las grietas "
     "el año pasado y no recibieron contestación; la fiscalía abrió una investigación y pidió los informes técnicos."},
    {"windows-1252",
     "Bærinn lokaði gömlu brúnni eftir að hluti hennar hrundi í nótt. Enginn slasaðist, sagði bæjarstjórinn, en umferð "
     "um miðbæinn verður stöðvuð fram á kvöld. Íbúar segjast hafa tilkynnt um sprungur í fyrra en ekki fengið nein svör. "
     "Lögreglan rannsakar málið og það verður rætt á þingi í næstu viku, þótt óvíst sé hverjir bera ábyrgð."},
    {"windows-1250 iso-8859-2",
     "Władze miasta zamknęły stary most po tym, jak w nocy zawaliła się jego część. Według burmistrza nikt nie został "
     "ranny, ale ruch w śródmieściu będzie wstrzymany do wieczora. Mieszkańcy mówią, że o pęknięciach zgłaszali już w "
     "zeszłym roku i nie dostali żadnej odpowiedzi. Prokuratura wszczęła śledztwo, a źródła w ratuszu milczą."},
    {"windows-1250 iso-8859-2",
     "Město uzavřelo starý most poté, co se v noci zřítila jeho část. Podle starosty nebyl nikdo zraněn, ale doprava v "
     "centru bude až do večera zastavena. Obyvatelé říkají, že na trhliny upozorňovali už loni, žádnou odpověď však "
     "nedostali. Státní zástupce zahájil vyšetřování a ředitel správy silnic se k němu odmítl vyjádřit."},
    {"windows-1255",
     "העירייה סגרה את הגשר הישן לאחר שחלק ממנו קרס בלילה. לדברי ראש העיר איש לא נפגע, אך התנועה במרכז תיעצר עד "
     "הערב. התושבים מספרים שדיווחו על הסדקים כבר בשנה שעברה ולא קיבלו תשובה. המשטרה פתחה בחקירה ושר הפנים ביקש "
     "לקבל דוח מלא בתוך שבוע."},
    {"windows-1253",
     "Ο δήμος έκλεισε την παλιά γέφυρα αφού τη νύχτα κατέρρευσε ένα τμήμα της. Κανείς δεν τραυματίστηκε, είπε ο "
     "δήμαρχος, όμως η κυκλοφορία στο κέντρο θα σταματήσει μέχρι το βράδυ. Οι κάτοικοι λένε ότι είχαν αναφέρει τις "
     "ρωγμές πέρυσι χωρίς απάντηση. Η εισαγγελία άρχισε έρευνα."},
    {"gb18030",
     "市政府在桥的一部分夜间倒塌之后关闭了旧桥。市长说没有人受伤,但是市中心的交通将停止到晚上。居民说去年已经报告了裂缝,"
     "却没有得到答复。检察机关开始调查,并要求交通部门在一个星期之内提出报告。"},
    {"cp932",
     "市は夜間に橋の一部が崩れたため、古い橋を閉鎖した。市長によると、けが人はいないが、中心部の交通は夕方まで止まる。"
     "住民は去年ひび割れを知らせたが、返事はなかったと話している。検察は捜査を始めた。"},
};

/* What pages declare when they are wrong. */
static const char *const declarations[] = {"windows-1252", "iso-8859-1", "utf-8",        "windows-1256",
                                           "windows-1251", "iso-8859-9", "windows-1254", "windows-1250"};

static kh_str through(kh_arena *a, const char *to, const char *from, kh_str text)
{
    iconv_t cd = iconv_open(to, from);
    assert_true(cd != (iconv_t)-1);
    size_t room = text.len * 4 + 16;
    char *buffer = KH_NEW_N(a, char, room);
    char *in = (char *)(uintptr_t)text.ptr;
    char *out = buffer;
    size_t in_left = text.len;
    size_t out_left = room;
    size_t lost = iconv(cd, &in, &in_left, &out, &out_left);
    iconv_close(cd);
    if (lost == (size_t)-1 || in_left) {
        return (kh_str){0};
    }
    return (kh_str){buffer, (size_t)(out - buffer)};
}

/* TEXT in a page that declares DECLARED (NULL: nothing). */
static kh_str page_of(kh_arena *a, kh_str text, const char *declared)
{
    kh_str head = KH_STR("<html><head>");
    if (declared) {
        head = kh_arena_printf(a, "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=%s\">", declared);
    }
    return kh_arena_join(a, head, kh_arena_join(a, KH_STR("</head><body><p>"), text));
}

static void must_read(kh_arena a, kh_str bytes, const char *declared, kh_str text, const char *written)
{
    kh_str charset = {0};
    kh_str why = {0};
    kh_str got = kh_decode(&a, page_of(&a, bytes, declared), true, &charset, &why);
    kh_str want = page_of(&a, text, declared);
    if (!kh_str_eq(got, want)) {
        print_error("written in %s, declared %s, read as %.*s (%.*s)\n", written, declared ? declared : "nothing", KH_ARG(charset),
                    KH_ARG(why));
    }
    assert_kh_str(got, want);
    assert_true(why.len > 0);
}

typedef void (*check)(kh_arena a, const sample *s, kh_str text, kh_str bytes, const char *charset);

static void each_sample(kh_arena *a, check c)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        kh_str names = kh_str_z(samples[i].charsets);
        kh_str name;
        while (kh_str_cut(&names, ' ', &name)) {
            kh_arena own = *a;
            const char *charset = kh_arena_copy(&own, name).ptr;
            kh_str text = kh_str_z(samples[i].text);
            kh_str bytes = through(&own, charset, "utf-8", text);
            if (bytes.len == 0) {
                print_error("%s cannot hold: %s\n", charset, samples[i].text);
            }
            assert_true(bytes.len > 0);
            c(own, &samples[i], text, bytes, charset);
        }
    }
}

static void declared_right(kh_arena a, const sample *s, kh_str text, kh_str bytes, const char *charset)
{
    (void)s;
    must_read(a, bytes, charset, text, charset);
}

static void a_right_declaration_stands(void **state)
{
    each_sample(*state, declared_right);
}

static void not_declared(kh_arena a, const sample *s, kh_str text, kh_str bytes, const char *charset)
{
    (void)s;
    must_read(a, bytes, NULL, text, charset);
}

static void without_declaration_the_letters_decide(void **state)
{
    each_sample(*state, not_declared);
}

static void declared_wrong(kh_arena a, const sample *s, kh_str text, kh_str bytes, const char *charset)
{
    for (size_t i = 0; i < sizeof declarations / sizeof *declarations; i++) {
        must_read(a, bytes, declarations[i], text, charset);
    }
    kh_str names = kh_str_z(s->charsets);
    kh_str other;
    while (kh_str_cut(&names, ' ', &other)) {
        must_read(a, bytes, kh_arena_copy(&a, other).ptr, text, charset);
    }
}

static void a_wrong_declaration_is_overruled(void **state)
{
    each_sample(*state, declared_wrong);
}

/* A declaration of UTF-16 in ASCII letters cannot be true; archives leave others behind. */
static void utf8(kh_arena a, const sample *s, kh_str text, kh_str bytes, const char *charset)
{
    (void)s;
    (void)bytes;
    must_read(a, text, charset, text, "utf-8");
    must_read(a, text, "iso-8859-1", text, "utf-8");
    must_read(a, text, "utf-16", text, "utf-8");
}

static void utf8_needs_no_declaration(void **state)
{
    each_sample(*state, utf8);
}

static void must_decode(kh_arena a, kh_str raw, kh_str text, const char *charset)
{
    kh_str used = {0};
    kh_str why = {0};
    assert_kh_str(kh_decode(&a, raw, false, &used, &why), text);
    assert_kh_str(used, kh_str_z(charset));
}

static void sixteen(kh_arena a, const sample *s, kh_str text, kh_str bytes, const char *charset)
{
    (void)s;
    (void)bytes;
    if (strcmp(charset, "gb18030") == 0 || strcmp(charset, "cp932") == 0) {
        return; /* without a mark nothing tells Chinese in UTF-16 from other bytes */
    }
    static const struct {
        const char *name, *mark;
    } forms[] = {{"utf-16le", "\xFF\xFE"}, {"utf-16be", "\xFE\xFF"}};
    for (size_t i = 0; i < 2; i++) {
        kh_str wide = through(&a, forms[i].name, "utf-8", text);
        must_decode(a, wide, text, forms[i].name);
        must_decode(a, kh_arena_join(&a, kh_str_z(forms[i].mark), wide), text, forms[i].name);
    }
}

static void utf16_with_and_without_a_mark(void **state)
{
    each_sample(*state, sixteen);
}

static void twice(kh_arena a, const sample *s, kh_str text, kh_str bytes, const char *charset)
{
    (void)s;
    (void)bytes;
    (void)charset;
    static const char *const wrong[] = {"windows-1251", "windows-1256"};
    for (size_t i = 0; i < 2; i++) {
        kh_str once = through(&a, "utf-8", wrong[i], text);
        kh_str used = {0};
        kh_str why = {0};
        kh_arena fresh = a;
        if (once.len) {
            assert_kh_str(kh_decode(&fresh, once, false, &used, &why), text);
            assert_kh_str(why, KH_STR("valid UTF-8, encoded twice: repaired"));
        }
    }
}

static void what_was_encoded_twice_is_repaired(void **state)
{
    each_sample(*state, twice);
    kh_str used = {0};
    kh_str why = {0};
    /* through windows-1252, in which five bytes mean nothing and stay as control characters */
    assert_kh_str(kh_decode(*state, KH_STR("Ø®Ø¨Ø± Ø¹Ø§Ø¬Ù„"), false, &used, &why), KH_STR("خبر عاجل"));
}

static void what_is_encoded_twice_in_part_is_told(void **state)
{
    kh_str used = {0};
    kh_str why = {0};
    kh_str page = KH_STR("Ø®Ø¨Ø± Ø¹Ø§Ø¬Ù„ و خبر آخر");
    assert_kh_str(kh_decode(*state, page, false, &used, &why), page);
    assert_kh_str(why, KH_STR("valid UTF-8, encoded twice in part: left as it is"));
}

/* Accents in plain UTF-8 are no accident. */
static void well_written_text_is_left_alone(void **state)
{
    kh_str used = {0};
    kh_str why = {0};
    kh_str page = KH_STR("São Paulo, Ângela e Átila são irmãos; Âmbar também. Ñandú, Ølgod, Ðorđe, РСФСР и ССРР. Ñuñoa, Øster");
    assert_kh_str(kh_decode(*state, page, false, &used, &why), page);
    assert_kh_str(why, KH_STR("valid UTF-8"));
}

/* The header of an answer is believed, but not where it says what servers say of every page; NULs name nothing, and half of UTF-16 is none. */
static void what_is_declared_in_two_places(void **state)
{
    static const struct {
        const char *sent, *own, *charset;
    } cases[] = {{"windows-1251", "windows-1256", "windows-1251"}, {"windows-1252", "windows-1251", "windows-1251"}, {"utf-8", "windows-1251", "windows-1251"},
                 {"iso-8859-1", "windows-1251", "windows-1251"},   {"windows-1251", "", "windows-1251"},             {"", "windows-1251", "windows-1251"}};
    kh_arena *a = *state;
    kh_str found, why;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_str page = kh_arena_printf(a, "<meta charset='%s'><p>\xEC\xEE\xF1\xF2 \xF0\xF3\xF5\xED\xF3\xEB", cases[i].own);
        kh_str text = kh_decode_as(a, page, true, kh_str_z(cases[i].sent), &found, &why);
        assert_kh_str(found, kh_str_z(cases[i].charset));
        assert_true(kh_str_ends(text, KH_STR("мост рухнул")));
    }
    kh_decode(a, (kh_str){"<meta charset=\0x><p>\xEC\xEE\xF1\xF2", 24}, true, &found, &why);
    assert_false(kh_str_eq(why, KH_STR("declared")));
    char halves[400];
    for (size_t i = 0; i < sizeof halves; i += 4) {
        memcpy(halves + i, "\0\xD8x\0", 4); /* the first half of a pair, and no second */
    }
    kh_decode(a, (kh_str){halves, sizeof halves}, false, &found, &why);
    assert_false(kh_str_eq(found, KH_STR("utf-16le")));
}

/* UTF-8 that was read as windows-1252 and written anew: bytes that mean nothing there are kept as control characters. */
static void bytes_without_a_meaning_are_mended_too(void **state)
{
    static const char text[] = "Президент России сказал, что мост рухнул ночью.";
    kh_arena *a = *state;
    kh_buf misread = {.arena = a};
    for (const char *p = text; *p; p++) {
        kh_str letter = {0};
        size_t bad = 0;
        kh_convert(a, (kh_str){p, 1}, KH_STR("windows-1252"), &letter, &bad);
        if (bad) {
            kh_buf_cp(&misread, (unsigned char)*p);
        } else {
            kh_buf_add(&misread, letter);
        }
    }
    kh_str charset, why;
    assert_kh_str(kh_decode(a, kh_buf_str(&misread), false, &charset, &why), kh_str_z(text));
    kh_buf_z(&misread, " 世界"); /* letters that no byte was: told, not mended */
    assert_kh_str(kh_decode(a, kh_buf_str(&misread), false, &charset, &why), kh_buf_str(&misread));
}

int main(void)
{
    const struct CMUnitTest tests[] = {KH_TEST(a_right_declaration_stands),
                                       KH_TEST(without_declaration_the_letters_decide),
                                       KH_TEST(a_wrong_declaration_is_overruled),
                                       KH_TEST(utf8_needs_no_declaration),
                                       KH_TEST(utf16_with_and_without_a_mark),
                                       KH_TEST(what_was_encoded_twice_is_repaired),
                                       KH_TEST(what_is_encoded_twice_in_part_is_told),
                                       KH_TEST(well_written_text_is_left_alone),
                                       KH_TEST(what_is_declared_in_two_places),
                                       KH_TEST(bytes_without_a_meaning_are_mended_too)};
    return cmocka_run_group_tests_name("charset", tests, NULL, NULL);
}
