"""Run by `Installation` under the project's own settings: tables, a user, a study with an article, a token."""

import json

import django

ARTICLE = "Gates stood open, miller says\nThe river rose overnight 🌊 and took the lower mill.\n"


def main():
    django.setup()
    from django.core.management import call_command

    from annotations.access.actions import issue_token
    from annotations.accounts.actions import add_user
    from annotations.corpus.actions import ArticleDraft, add_article
    from annotations.studies.actions import create_study

    call_command("migrate", verbosity=0, interactive=False)
    user = add_user(username="mira", password="a-long-quiet-password", by=None)
    study = create_study(name="Gates", slug="gates", mode="shared", by=user)
    article = add_article(study=study, draft=ArticleDraft(text=ARTICLE), by=user)
    issued = issue_token(user=user, by=user, scope="write", study=None, days=1, name="trust")
    print(json.dumps({"article": str(article.uid), "key": issued.key}))


if __name__ == "__main__":
    main()
