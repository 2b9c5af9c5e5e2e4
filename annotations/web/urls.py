"""The pages' table of contents."""

from django.urls import path

from annotations.web.views import (
    api_reference,
    article,
    article_add,
    article_edit,
    binned_study,
    card,
    citation,
    claim,
    claim_detail,
    claim_edit,
    claim_list,
    codebook,
    download,
    export,
    history,
    log,
    member,
    merge,
    password,
    placing,
    revision,
    sign_in,
    speaker,
    speaker_edit,
    speaker_list,
    statement,
    statement_list,
    study,
    study_bin,
    study_settings,
    token,
    user,
)

app_name = "annotations"
urlpatterns = [
    # sign-in
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    # password/
    path("password/", password.password_change, name="password-change"),
    path("password/reset/", password.password_reset, name="password-reset"),
    path("password/set/done/", password.password_set_done, name="password-set-done"),
    path("password/set/<uidb64>/<token>/", password.password_set, name="password-set"),
    # tokens/
    path("tokens/", token.token_list, name="token-list"),
    path("tokens/new/", token.token_create, name="token-create"),
    path("tokens/<slug:address>/revoke/", token.token_revoke, name="token-revoke"),
    # api-reference/
    path("api-reference/", api_reference.api_reference, name="api-reference"),
    # users/: for administrators
    path("users/", user.user_list, name="user-list"),
    path("users/new/", user.user_add, name="user-add"),
    path("users/<str:user>/reset/", user.user_reset, name="user-reset"),
    path("users/<str:user>/deactivate/", user.user_deactivate, name="user-deactivate"),
    path("users/<str:user>/reactivate/", user.user_reactivate, name="user-reactivate"),
    path("users/<str:user>/administrator/", user.user_administrator, name="user-administrator"),
    # bin/: whole studies
    path("bin/", binned_study.binned_study_list, name="binned-study-list"),
    path("bin/<uuid:study>/restore/", binned_study.study_restore, name="study-restore"),
    path("bin/<uuid:study>/purge/", binned_study.study_purge, name="study-purge"),
    # studies/
    path("", study.study_list, name="study-list"),
    path("studies/new/", study.study_create, name="study-create"),
    path("studies/<slug:slug>/", study.study_detail, name="study-detail"),
    path("studies/<slug:slug>/edit/", study_settings.study_edit, name="study-edit"),
    path("studies/<slug:slug>/archive/", study_settings.study_archive, name="study-archive"),
    path("studies/<slug:slug>/unarchive/", study_settings.study_unarchive, name="study-unarchive"),
    path("studies/<slug:slug>/delete/", study_settings.study_delete, name="study-delete"),
    path("studies/<slug:slug>/leave/", study_settings.study_leave, name="study-leave"),
    path("studies/<slug:slug>/codebook/", codebook.codebook_detail, name="codebook-detail"),
    # studies/<slug>/: one's own last step
    path("studies/<slug:slug>/undo/", history.step_undo, name="step-undo"),
    path("studies/<slug:slug>/redo/", history.step_redo, name="step-redo"),
    path("studies/<slug:slug>/bin/", study_bin.study_bin, name="study-bin"),
    path("studies/<slug:slug>/bin/purge/", study_bin.bin_purge, name="bin-purge"),
    # studies/<slug>/log/
    path("studies/<slug:slug>/log/", log.log_detail, name="log-detail"),
    path("studies/<slug:slug>/log/download/", log.log_download, name="log-download"),
    # studies/<slug>/export/
    path("studies/<slug:slug>/export/", export.export_detail, name="export-detail"),
    path("studies/<slug:slug>/export/download/", export.export_download, name="export-download"),
    path("studies/<slug:slug>/articles/download/", download.article_download, name="article-download"),
    path("studies/<slug:slug>/statements/download/", download.statement_download, name="statement-download"),
    path("studies/<slug:slug>/speakers/download/", download.speaker_download, name="speaker-download"),
    path("studies/<slug:slug>/claims/download/", download.claim_download, name="claim-download"),
    # studies/<slug>/members/
    path("studies/<slug:slug>/members/", member.member_list, name="member-list"),
    path("studies/<slug:slug>/members/add/", member.member_add, name="member-add"),
    path("studies/<slug:slug>/members/<uuid:member>/role/", member.member_role, name="member-role"),
    path("studies/<slug:slug>/members/<uuid:member>/remove/", member.member_remove, name="member-remove"),
    # studies/<slug>/articles/
    path("studies/<slug:slug>/articles/new/", article_add.article_add, name="article-add"),
    path("studies/<slug:slug>/articles/guess/", article_add.article_guess, name="article-guess"),
    path("studies/<slug:slug>/articles/upload/", article_add.article_upload, name="article-upload"),
    path("studies/<slug:slug>/articles/<uuid:article>/edit/", article_edit.article_edit, name="article-edit"),
    path(
        "studies/<slug:slug>/articles/<uuid:article>/delete/",
        article_edit.article_delete,
        name="article-delete",
    ),
    path(
        "studies/<slug:slug>/articles/<uuid:article>/restore/",
        article_edit.article_restore,
        name="article-restore",
    ),
    # studies/<slug>/articles/<article>/: its revisions
    path(
        "studies/<slug:slug>/articles/<uuid:article>/revise/", revision.article_revise, name="article-revise"
    ),
    path(
        "studies/<slug:slug>/articles/<uuid:article>/changes/",
        revision.article_changes,
        name="article-changes",
    ),
    path("studies/<slug:slug>/articles/<uuid:article>/to-place/", placing.to_place, name="to-place"),
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/place/",
        placing.statement_place,
        name="statement-place",
    ),
    # studies/<slug>/articles/<article>/: the workbench
    path("studies/<slug:slug>/articles/<uuid:article>/", article.article_detail, name="article-detail"),
    path("studies/<slug:slug>/articles/<uuid:article>/submit/", article.set_submit, name="set-submit"),
    path("studies/<slug:slug>/articles/<uuid:article>/reopen/", article.set_reopen, name="set-reopen"),
    path(
        "studies/<slug:slug>/articles/<uuid:article>/furniture/",
        article.article_furniture,
        name="article-furniture",
    ),
    path(
        "studies/<slug:slug>/articles/<uuid:article>/statements/",
        statement.statement_create,
        name="statement-create",
    ),
    # studies/<slug>/statements/
    path("studies/<slug:slug>/statements/", statement_list.statement_list, name="statement-list"),
    # studies/<slug>/statements/<statement>/: its words
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/spans/",
        statement.statement_spans,
        name="statement-spans",
    ),
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/delete/",
        statement.statement_delete,
        name="statement-delete",
    ),
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/restore/",
        statement.statement_restore,
        name="statement-restore",
    ),
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/split/",
        statement.statement_split,
        name="statement-split",
    ),
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/join/",
        statement.statement_join,
        name="statement-join",
    ),
    # studies/<slug>/statements/<statement>/: its past
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/history/",
        history.statement_history,
        name="statement-history",
    ),
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/history/restore/",
        history.statement_version_restore,
        name="statement-version-restore",
    ),
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/citation/",
        citation.statement_citation,
        name="statement-citation",
    ),
    # studies/<slug>/statements/<statement>/: its card
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/",
        card.statement_card,
        name="statement-card",
    ),
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/edit/",
        card.statement_edit,
        name="statement-edit",
    ),
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/chain/",
        card.chain_edit,
        name="chain-edit",
    ),
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/stances/take/",
        card.stance_take,
        name="stance-take",
    ),
    path(
        "studies/<slug:slug>/statements/<uuid:statement>/stances/drop/",
        card.stance_drop,
        name="stance-drop",
    ),
    # studies/<slug>/speakers/
    path("studies/<slug:slug>/speakers/", speaker_list.speaker_list, name="speaker-list"),
    path(
        "studies/<slug:slug>/speakers/<uuid:speaker>/",
        speaker_list.speaker_detail,
        name="speaker-detail",
    ),
    path(
        "studies/<slug:slug>/speakers/<uuid:speaker>/edit/",
        speaker_edit.speaker_edit,
        name="speaker-edit",
    ),
    path(
        "studies/<slug:slug>/speakers/<uuid:speaker>/delete/",
        speaker_edit.speaker_delete,
        name="speaker-delete",
    ),
    path(
        "studies/<slug:slug>/speakers/<uuid:speaker>/merge/",
        merge.speaker_merge,
        name="speaker-merge",
    ),
    path(
        "studies/<slug:slug>/speakers/<uuid:speaker>/unmerge/",
        merge.speaker_unmerge,
        name="speaker-unmerge",
    ),
    # studies/<slug>/claims/
    path("studies/<slug:slug>/claims/", claim_list.claim_list, name="claim-list"),
    path("studies/<slug:slug>/claims/<uuid:claim>/", claim_detail.claim_detail, name="claim-detail"),
    path("studies/<slug:slug>/claims/<uuid:claim>/edit/", claim_edit.claim_edit, name="claim-edit"),
    path("studies/<slug:slug>/claims/<uuid:claim>/delete/", claim_detail.claim_delete, name="claim-delete"),
    path("studies/<slug:slug>/claims/<uuid:claim>/merge/", merge.claim_merge, name="claim-merge"),
    path("studies/<slug:slug>/claims/<uuid:claim>/unmerge/", merge.claim_unmerge, name="claim-unmerge"),
    # studies/<slug>/: what is found and made while coding
    path("studies/<slug:slug>/speakers/suggest/", speaker.speaker_suggest, name="speaker-suggest"),
    path("studies/<slug:slug>/speakers/new/", speaker.speaker_create, name="speaker-create"),
    path("studies/<slug:slug>/claims/suggest/", claim.claim_suggest, name="claim-suggest"),
    path("studies/<slug:slug>/claims/new/", claim.claim_create, name="claim-create"),
    path("studies/<slug:slug>/issues/suggest/", claim.issue_suggest, name="issue-suggest"),
    path(
        "studies/<slug:slug>/codebook/<uuid:codebook>/<slug:variable>/",
        card.codebook_variable,
        name="codebook-variable",
    ),
]
