#!/usr/bin/env python3
"""many_reports.py COUNT [SEED] - COUNT reports as JSON Lines, for filling a store to measure it.

Every report is made up: places, people and figures are drawn by chance, sentences are put together from patterns in English, Arabic,
Persian and Russian. Events have one report or a few, one in two hundred has forty; a third of the reports of an event are copies of an
earlier one with an agency's credit. The same COUNT and SEED give the same bytes.
"""
import json
import random
import sys
from datetime import datetime, timedelta, timezone

SYLLABLES = ["bor", "gan", "lu", "fe", "sim", "do", "kash", "mur", "ji", "ka", "wen", "yar", "ost", "bil", "chu", "ba", "dar", "vel", "kor", "mi", "sha", "tun", "rez", "gol", "hem", "ash", "ter", "lin", "zor", "pa", "nim"]
OUTLETS = [f"{a} {b}" for a in ("Northern", "Harbour", "Valley", "Capital", "Evening", "River") for b in ("Post", "Ledger", "Times", "Gazette", "Herald")]
AGENCIES = ["Reuters", "AFP", "AP", "TASS", "ISNA", "Xinhua"]
KINDS = {
    "en": ["flood", "fire", "earthquake", "strike", "trial", "election", "bridge collapse", "train accident", "protest", "storm", "epidemic", "explosion"],
    "ar": ["فيضان", "حريق", "زلزال", "إضراب", "محاكمة", "انتخابات", "انهيار جسر", "حادث قطار", "احتجاج", "عاصفة", "وباء", "انفجار"],
    "fa": ["سیل", "آتش‌سوزی", "زلزله", "اعتصاب", "محاکمه", "انتخابات", "فروریختن پل", "سانحه قطار", "اعتراض", "طوفان", "همه‌گیری", "انفجار"],
    "ru": ["наводнение", "пожар", "землетрясение", "забастовка", "суд", "выборы", "обрушение моста", "авария поезда", "протест", "буря", "эпидемия", "взрыв"],
}
TITLE = {"en": "{kind} in {place}: {n} dead", "ar": "{kind} في {place}: مقتل {n} شخصا", "fa": "{kind} در {place}: {n} کشته", "ru": "{kind} в городе {place}: погибли {n} человек"}
BODY = {
    "en": ["At least {n} people were killed in the {kind} in {place}, governor {person} said.", "\"We will not leave anybody alone,\" {person} said on {day}.",
           "Rescue workers searched the district of {near} for {m} missing people.", "The ministry of the interior counted {k} damaged houses."],
    "ar": ["قتل {n} شخصا على الأقل في {kind} في {place}، بحسب ما قال المحافظ {person}.", "وقال {person}: «لن نترك أحدا وحده».",
           "وبحثت فرق الإنقاذ في منطقة {near} عن {m} مفقودا.", "وأحصت وزارة الداخلية {k} منزلا متضررا."],
    "fa": ["دست‌کم {n} نفر در {kind} در {place} کشته شدند، فرماندار {person} گفت.", "{person} گفت: «هیچ‌کس را تنها نمی‌گذاریم».",
           "امدادگران در بخش {near} به دنبال {m} ناپدیدشده می‌گردند.", "وزارت کشور {k} خانه آسیب‌دیده شمرد."],
    "ru": ["По меньшей мере {n} человек погибли, {kind} в городе {place}, сообщил губернатор {person}.", "«Мы никого не оставим», — сказал {person}.",
           "Спасатели ищут в районе {near} {m} пропавших без вести.", "Министерство внутренних дел насчитало {k} поврежденных домов."],
}


def word(rng, count):
    return "".join(rng.choice(SYLLABLES) for _ in range(count)).capitalize()


# Words of an event's own: nobody else tells of the same street, firm and time.
TOLD = {
    "en": ["The {a} company of {b} had warned of it in {c}.", "Witnesses on {d} street heard it at {h} o'clock; {e} was closed.", "{a} and {e} will meet in {b}."],
    "ar": ["وكانت شركة {a} في {b} حذرت من ذلك في {c}.", "وسمع شهود في شارع {d} ذلك عند الساعة {h}، وأغلقت {e}.", "وسيلتقي {a} و{e} في {b}."],
    "fa": ["شرکت {a} در {b} پیش‌تر در {c} هشدار داده بود.", "شاهدان در خیابان {d} ساعت {h} آن را شنیدند و {e} بسته شد.", "{a} و {e} در {b} دیدار می‌کنند."],
    "ru": ["Компания {a} из {b} предупреждала об этом в {c}.", "Свидетели на улице {d} слышали это в {h} часов; {e} закрыт.", "{a} и {e} встретятся в {b}."],
}


def tell(rng, lang):
    names = {key: word(rng, rng.choice([2, 3, 4])) for key in "abcde"}
    return [s.format(h=rng.randint(1, 12), **names) for s in TOLD[lang] for _ in range(2)]


def report(rng, event, lang, at):
    fill = dict(event, kind=KINDS[lang][event["what"]], n=event["n"] + rng.choice([0, 0, 0, 1, 3]), day=at.strftime("%A"))
    lines = [s.format(**fill) for s in BODY[lang]]
    lines += event["told"][lang]
    lines += [rng.choice(BODY[lang]).format(**dict(fill, near=word(rng, 3), m=rng.randint(2, 90), k=rng.randint(10, 900))) for _ in range(2)]
    rng.shuffle(lines)
    return TITLE[lang].format(**fill), lines


def main():
    count = int(sys.argv[1])
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    start = datetime(2024, 1, 1, tzinfo=timezone.utc)
    made = 0
    while made < count:
        size = 40 if rng.random() < 0.005 else rng.choice([1, 1, 2, 2, 3, 4, 6])
        event = {"what": rng.randrange(12), "place": word(rng, 3), "near": word(rng, 3), "person": word(rng, 2) + " " + word(rng, 3),
                 "n": rng.randint(3, 400), "m": rng.randint(2, 90), "k": rng.randint(10, 900)}
        event["told"] = {lang: tell(rng, lang) for lang in BODY}
        at = start + timedelta(minutes=made * 2)
        told = {}
        for _ in range(min(size, count - made)):
            lang = rng.choice(["en", "en", "ar", "fa", "ru"])
            at += timedelta(minutes=rng.randint(1, 90))
            title, lines = report(rng, event, lang, at)
            if told.get(lang) and rng.random() < 0.33:
                lines = [rng.choice(AGENCIES) + " - " + told[lang][0]] + told[lang][1:]
            else:
                told[lang] = lines
            outlet = rng.choice(OUTLETS)
            print(json.dumps({"id": f"r{made:07d}", "url": f"https://{outlet.lower().replace(' ', '-')}.example/{made}", "title": title,
                              "text": "\n".join(lines), "lang": lang, "published": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "outlet": outlet},
                             ensure_ascii=False))
            made += 1


main()
