"""Who is in the training log: found by what people write in lists, and put in when first needed."""

import re

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Q

from mcn.accounts.models import User
from mcn.kit import records
from mcn.kit.clock import business_day
from mcn.kit.identity import normalise
from mcn.kit.privacy import keyed_hash
from merchants.models import Contact
from streamers.models import Streamer, Trainee
from streamers.rules.training import service_people

Kind = Trainee.Kind
# How lists name a service person: the merchant's code and the contact's number.
NUMBERED = re.compile(r"(M\d{1,10})-(\d{1,15})", re.IGNORECASE)
COLUMN = {Streamer: "streamer", User: "user", Contact: "contact"}
KIND = {Streamer: Kind.STREAMER, User: Kind.STAFF, Contact: Kind.SERVICE}


def blank(person, on):
    """The trainee that a person would become on a day."""
    model = person._meta.concrete_model
    return Trainee(kind=KIND[model], started_on=on, **{COLUMN[model]: person})


def of_login(user):
    """Whom a login is trained as: their own file as a streamer, or one of the staff; else None."""
    try:
        return user.streamer
    except ObjectDoesNotExist:
        return user if user.is_staff else None


def trainee_of(person, *, by, at):
    """The trainee who a streamer, one of the staff or a contact is, put into the log when not there yet."""
    return trainees_of([person], by=by, at=at)[person]


def trainees_of(people, *, by, at):
    """``{person: Trainee}`` for people of any kind, in a fixed number of statements."""
    people = list(dict.fromkeys(people))
    with transaction.atomic():
        known = known_of(people)
        new = {person: blank(person, business_day(at)) for person in people if person not in known}
        records.save_many(list(new.values()), by=by, at=at, verb="add")
    return known | new


def known_of(people):
    """``{person: Trainee}`` for those of these people who are in the log already."""
    known = {}
    for model, column in COLUMN.items():
        by_id = {person.pk: person for person in people if person._meta.concrete_model is model}
        rows = list(Trainee.objects.filter(**{f"{column}__in": list(by_id)})) if by_id else []
        known |= {by_id[getattr(row, f"{column}_id")]: row for row in rows}
    return known


def word_for(trainee):
    """By what lists name a trainee: never by a phone number."""
    if trainee.contact_id:
        return f"{trainee.contact.merchant.code}-{trainee.contact_id}"
    return trainee.streamer.code if trainee.streamer_id else trainee.user.username


def register(*, at):
    """Put everybody in whom plans may speak of: streamers at work, staff, merchants' service people."""
    streamers = Streamer.objects.exclude(state__in=[Streamer.State.DRAFT, Streamer.State.ENDED])
    staff = User.objects.filter(is_staff=True, is_active=True)
    missing = [
        *streamers.filter(trainee=None),
        *staff.filter(trainee=None),
        *service_people().filter(trainee=None),
    ]
    trainees_of(missing, by=None, at=at)
    return len(missing)


def find_people(words):
    """``{word: person or None}`` for streamer codes, usernames, service people's phones or own words."""
    words = {word: normalise(word) for word in words}
    plain = set(words.values())
    hashes = {keyed_hash(word): word for word in plain if word}
    found: dict = {}
    contacts = Contact.objects.filter(phone_hash__in=hashes, ended_on=None).select_related("merchant")
    # The same number may be named for several duties: who does after-sales is who is trained.
    for contact in contacts.order_by("-id"):
        word = hashes[contact.phone_hash]
        if word not in found or contact.duty == Contact.Duty.AFTER_SALES:
            found[word] = contact
    numbers = {int(match[2]): match for word in plain if (match := NUMBERED.fullmatch(word))}
    for contact in Contact.objects.filter(pk__in=numbers).select_related("merchant"):
        if contact.merchant.code == numbers[contact.pk][1].upper():
            found[numbers[contact.pk][0]] = contact
    for user in User.objects.filter(Q(username__in=plain), is_staff=True):
        found[user.username] = user
    upper = {word.upper(): word for word in plain}
    for streamer in Streamer.objects.filter(code__in=upper):
        found[upper[streamer.code]] = streamer
    return {given: found.get(word) for given, word in words.items()}
