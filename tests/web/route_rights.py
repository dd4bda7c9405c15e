"""What each route of the dashboard asks of whoever opens it."""

from __future__ import annotations

from accounts.roles import Right

ANYBODY, READERS = "anybody who is signed in", "whoever may read about some unit"
NEEDS: dict[str, str] = {
    ANYBODY: """
        POST /logout
        GET /account
        GET /account/password
        POST /account/password
        POST /account/sessions
        POST /account/sessions/{session}/end
        GET /api/v1/me/sessions
        DELETE /api/v1/me/sessions/{session}
        GET /api/v1/me/tokens
        POST /api/v1/me/tokens
        DELETE /api/v1/me/tokens/{number}
        PUT /api/v1/me/password
        POST /account/tokens
        POST /account/tokens/{number}/revoke
        GET /api
        GET /api/v1/me
        GET /api/v1/openapi.json
        GET /api/v1/scans/events
    """,
    READERS: """
        GET /overview
        GET /overview/export.{kind}
        GET /decisions
        GET /registry
        GET /registry/-/export{kind}
        GET /registry/{unit_id}
        GET /registry/{unit_id}/revisions
        GET /scans/jobs/{number:int}
        GET /checklist
        GET /checklist/-/differences
        GET /checklist/{key}
        GET /checklist/{key}/{item}
        GET /units
        GET /units/{unit}
        GET /units/{unit}/report.{kind}
        GET /units/{unit}/items/{item}
        GET /units/{unit}/items/{item}/compare
        GET /units/{unit}/items/{item}/scans/{scan}/copies/{seq}/original
        GET /units/{unit}/items/{item}/scans/{scan}/copies/{seq}/page
        GET /units/{unit}/items/{item}/scans/{scan}/copies/{seq}/picture
        GET /units/{unit}/items/{item}/scans/{scan}/evidence.zip
        GET /api/v1/overview
        GET /api/v1/registry
        GET /api/v1/registry/-/export.{kind}
        GET /api/v1/units/{unit}/report.{kind}
        GET /api/v1/units/{unit}/items/{item}/scans/{scan}/evidence.zip
        GET /api/v1/registry/{unit_id}
        GET /api/v1/registry/{unit_id}/revisions
        GET /api/v1/scans/jobs/{number}
        GET /api/v1/checklists
        GET /api/v1/checklists/{key}
        GET /api/v1/checklists/{key}/items/{item}
        GET /api/v1/units
        GET /api/v1/units/{unit}
        GET /api/v1/units/{unit}/history
        GET /api/v1/units/{unit}/decisions
        GET /api/v1/units/{unit}/items/{item}
        GET /api/v1/units/{unit}/items/{item}/decisions
        GET /api/v1/units/{unit}/items/{item}/difference
        GET /api/v1/units/{unit}/items/{item}/quotes/{number}/page
        GET /api/v1/units/{unit}/items/{item}/quotes/{number}/picture
        GET /api/v1/units/{unit}/items/{item}/scans/{scan}/copies/{seq}/original
    """,
    Right.READ_ALL: """
        GET /scans
        GET /scans/live
        GET /scans/{number:int}
        GET /scans/{number:int}/changes
        GET /scans/{number:int}/overview.{kind}
        GET /api/v1/scans
        GET /api/v1/scans/{number}
        GET /api/v1/scans/{number}/changes
        GET /api/v1/scans/{number}/overview.{kind}
    """,
    Right.CHECK: """
        POST /scans/jobs/{number:int}/stop
        POST /units/{unit}/check
        POST /api/v1/scans/jobs/{number}/stop
        POST /api/v1/units/{unit}/checks
    """,
    Right.SELF_CHECK: """
        GET /self-check
        POST /self-check
        GET /self-check/units
        GET /self-check/kept/{kept_id}
        GET /self-check/kept/{kept_id}/{name}
        POST /self-check/kept/{kept_id}/delete
        GET /self-check/{job_id}
        GET /self-check/{job_id}/events
        POST /self-check/{job_id}/cancel
        POST /self-check/{job_id}/delete
        POST /self-check/{job_id}/keep
        GET /api/v1/kept-checks
        GET /api/v1/kept-checks/{kept_id}
        DELETE /api/v1/kept-checks/{kept_id}
        POST /api/v1/self-checks/{job_id}/keep
        GET /api/v1/self-checks
        POST /api/v1/self-checks
        GET /api/v1/self-checks/{job_id}
        DELETE /api/v1/self-checks/{job_id}
        GET /api/v1/self-checks/{job_id}/events
    """,
    Right.REVIEW: """
        GET /review
        GET /review/list
        POST /review/decide
        POST /review/undo
        GET /api/v1/reviews
        POST /api/v1/units/{unit}/items/{item}/decisions
        DELETE /api/v1/units/{unit}/items/{item}/decisions/{number}
    """,
    Right.EDIT_URLS: """
        POST /registry/{unit_id}
        POST /registry/{unit_id}/probe
        PUT /api/v1/registry/{unit_id}
    """,
    Right.EDIT_UNITS: """
        GET /registry/-/history
        POST /registry/-/history/{batch}/undo
        GET /registry/-/import
        POST /registry/-/import
        GET /registry/-/import/{key}
        POST /registry/-/import/{key}
        POST /registry/-/import/{key}/discard
        GET /registry/-/new
        POST /registry/-/new
        GET /registry/-/template.xlsx
        POST /registry/{unit_id}/remove
        POST /registry/{unit_id}/revisions/{number}/restore
        DELETE /api/v1/registry/{unit_id}
        GET /api/v1/registry/-/history
        POST /api/v1/registry/-/history/{batch}/undo
        GET /api/v1/registry/-/template.xlsx
        POST /api/v1/registry/-/import
        GET /api/v1/registry/-/import/{key}
        POST /api/v1/registry/-/import/{key}
        DELETE /api/v1/registry/-/import/{key}
        POST /api/v1/registry/{unit_id}/revisions/{number}/restore
    """,
    Right.APPROVE: """
        POST /registry/{unit_id}/approvals
        POST /api/v1/registry/{unit_id}/approvals
    """,
    Right.RUN_SCANS: """
        GET /scans/new
        POST /scans
        POST /scans/{number:int}/resume
        POST /scans/{number:int}/stop
        POST /api/v1/scans
        POST /api/v1/scans/{number}/resume
        POST /api/v1/scans/{number}/stop
    """,
    Right.ADMINISTER: """
        GET /users
        POST /users
        GET /users/{name}
        POST /users/{name}
        POST /users/{name}/disable
        POST /users/{name}/enable
        POST /users/{name}/password
        GET /api/v1/users
        POST /api/v1/users
        GET /api/v1/users/{name}
        PUT /api/v1/users/{name}
        POST /api/v1/users/{name}/disable
        POST /api/v1/users/{name}/enable
        POST /api/v1/users/{name}/password
    """,
    Right.READ_AUDIT: """
        GET /audit
        GET /audit/export.csv
        GET /api/v1/audit
    """,
}  # fmt: skip
"""What each route asks for. A route that is in no list fails the first test."""
LISTED = {
    (method, path): need
    for need, lines in NEEDS.items()
    for method, path in (line.split() for line in lines.split("\n") if line.strip())
}
