"""The API's table of contents, below /api/v1/."""

from django.urls import path, re_path

from annotations.api.views import (
    articles,
    changes,
    claims,
    codebook,
    export,
    imports,
    issues,
    members,
    merges,
    relations,
    revisions,
    schema,
    sets,
    speakers,
    statements,
    studies,
    unknown,
)

app_name = "api"
urlpatterns = [
    # studies/
    path("studies/", studies.StudyList.as_view(), name="study-list"),
    path("studies/<slug:slug>/", studies.StudyDetail.as_view(), name="study-detail"),
    path("studies/<slug:slug>/members/", members.MemberList.as_view(), name="member-list"),
    path("studies/<slug:slug>/members/<uuid:member>/", members.MemberDetail.as_view(), name="member-detail"),
    path("studies/<slug:slug>/codebook/", codebook.CodebookDetail.as_view(), name="codebook-detail"),
    path("studies/<slug:slug>/changes/", changes.StudyChanges.as_view(), name="study-changes"),
    # articles/
    path("studies/<slug:slug>/articles/", articles.ArticleList.as_view(), name="article-list"),
    path("articles/<uuid:article>/", articles.ArticleDetail.as_view(), name="article-detail"),
    path("articles/<uuid:article>/revisions/", revisions.RevisionList.as_view(), name="revision-list"),
    # sets/
    path("articles/<uuid:article>/sets/", sets.SetList.as_view(), name="set-list"),
    path("sets/<uuid:annotation_set>/", sets.SetDetail.as_view(), name="set-detail"),
    path("sets/<uuid:annotation_set>/submit/", sets.SetSubmission.as_view(), name="set-submit"),
    path("sets/<uuid:annotation_set>/reopen/", sets.SetReopening.as_view(), name="set-reopen"),
    # statements/
    path(
        "articles/<uuid:article>/statements/",
        statements.ArticleStatementList.as_view(),
        name="article-statement-list",
    ),
    path("studies/<slug:slug>/statements/", statements.StudyStatementList.as_view(), name="statement-list"),
    path("statements/<uuid:statement>/", statements.StatementDetail.as_view(), name="statement-detail"),
    path("statements/<uuid:statement>/place/", revisions.StatementPlace.as_view(), name="statement-place"),
    # speakers/
    path("studies/<slug:slug>/speakers/", speakers.SpeakerList.as_view(), name="speaker-list"),
    path("speakers/<uuid:speaker>/", speakers.SpeakerDetail.as_view(), name="speaker-detail"),
    path("speakers/<uuid:speaker>/merge/", merges.SpeakerMerge.as_view(), name="speaker-merge"),
    path("speakers/<uuid:speaker>/unmerge/", merges.SpeakerUnmerge.as_view(), name="speaker-unmerge"),
    path("studies/<slug:slug>/outlets/", speakers.OutletList.as_view(), name="outlet-list"),
    # claims/
    path("studies/<slug:slug>/claims/", claims.ClaimList.as_view(), name="claim-list"),
    path("claims/<uuid:claim>/", claims.ClaimDetail.as_view(), name="claim-detail"),
    path("claims/<uuid:claim>/merge/", merges.ClaimMerge.as_view(), name="claim-merge"),
    path("claims/<uuid:claim>/unmerge/", merges.ClaimUnmerge.as_view(), name="claim-unmerge"),
    path("studies/<slug:slug>/issues/", issues.IssueList.as_view(), name="issue-list"),
    path("issues/<uuid:issue>/", issues.IssueDetail.as_view(), name="issue-detail"),
    path(
        "studies/<slug:slug>/claim-relations/", relations.RelationList.as_view(), name="claim-relation-list"
    ),
    path(
        "claim-relations/<uuid:relation>/", relations.RelationDetail.as_view(), name="claim-relation-detail"
    ),
    # exchange
    path("studies/<slug:slug>/export/", export.StudyExport.as_view(), name="study-export"),
    path("studies/<slug:slug>/export/manifest/", export.StudyManifest.as_view(), name="study-manifest"),
    path("studies/<slug:slug>/import/", imports.StudyImport.as_view(), name="study-import"),
    # the document of this API
    path("schema/", schema.Schema.as_view(), name="schema"),
    # all else
    re_path(r"^.*$", unknown.Nothing.as_view(), name="unknown"),
]
