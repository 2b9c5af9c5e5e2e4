from annotations.claims.models import Claim, ClaimRelation, Issue, StanceLink
from annotations.speakers.models import name_key


def make_issue(study, name="Flood of the mill", **fields):
    return Issue.objects.create(study=study, name=name, **fields)


def make_claim(study, text="The gates were opened at noon.", **fields):
    return Claim.objects.create(study=study, text=text, text_key=name_key(text), **fields)


def make_relation(a, b, relation="contrary", **fields):
    return ClaimRelation.objects.create(study=a.study, a=a, b=b, relation=relation, **fields)


def make_stance(statement, claim, stance="support", **fields):
    return StanceLink.objects.create(statement=statement, claim=claim, stance=stance, **fields)
