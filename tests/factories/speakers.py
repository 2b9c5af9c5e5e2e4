from annotations.speakers.models import Affiliation, Alias, Side, Speaker, name_key


def make_speaker(study, name="Jon Abel", **fields):
    return Speaker.objects.create(study=study, name=name, name_key=name_key(name), **fields)


def make_outlet(study, name="Yarle Valley Courier", **fields):
    return make_speaker(study, name, type=Speaker.Type.MEDIA, **fields)


def make_alias(speaker, name="the miller", **fields):
    return Alias.objects.create(speaker=speaker, name=name, key=name_key(name), **fields)


def make_affiliation(speaker, body, **fields):
    return Affiliation.objects.create(speaker=speaker, body=body, **fields)


def make_side(speaker, side, **fields):
    return Side.objects.create(study=speaker.study, speaker=speaker, side=side, **fields)
