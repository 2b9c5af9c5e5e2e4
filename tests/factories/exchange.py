from annotations.exchange.models import GoldFile


def make_gold_file(study, **fields):
    return GoldFile.objects.create(study=study, **{"sha256": "0" * 64, "document": {}, **fields})
