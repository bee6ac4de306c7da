/* report/html_page.c - see the header. check_names: table (the style sheet) */
#include "report/html_page.h"

#include "report/escape.h"

static const char STYLE[] =
    ":root{color-scheme:light dark;--bg:#fff;--fg:#1c2330;--soft:#5b6575;--line:#dfe3ea;"
    "--head:#f5f7fa;--accent:#0b5cad;--mark:#fff3c4;--dot:#3b82c4;--bar:#9fc3e8;--warn:#8a5a00;"
    "--warnbg:#fff7e0}\n"
    "@media(prefers-color-scheme:dark){:root{--bg:#12161c;--fg:#e4e8ee;--soft:#9aa5b5;"
    "--line:#2d3542;--head:#1a2029;--accent:#7db7f0;--mark:#4a3f10;--dot:#6cb0f0;--bar:#2f5f8c;"
    "--warn:#f0c674;--warnbg:#2a2413}}\n"
    "*{box-sizing:border-box}html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}\n"
    "body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.55 system-ui,-apple-system,"
    "\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,sans-serif}\n"
    "main{max-width:1080px;margin:0 auto;padding:2.5rem 1.5rem 4rem}\n"
    "h1{font-size:2rem;line-height:1.2;margin:0 0 1rem;letter-spacing:-.01em;"
    "overflow-wrap:anywhere}\n"
    "h2{font-size:1.4rem;line-height:1.3;margin:3rem 0 1rem;padding-top:1.2rem;"
    "border-top:1px solid var(--line)}\n"
    "h3{font-size:1.1rem;margin:2.2rem 0 .7rem}\n"
    "h2 .no,h3 .no{color:var(--soft);font-weight:500;margin-right:.5em}\n"
    "p{margin:.7rem 0;max-width:48em}ul{padding-left:1.3rem;max-width:48em}li{margin:.3rem 0}\n"
    "a{color:var(--accent)}a.n{color:inherit;text-decoration:none;"
    "border-bottom:1px dotted var(--soft);font-variant-numeric:tabular-nums}\n"
    "a.n:hover,a.n:focus{color:var(--accent);border-bottom-style:solid}\n"
    ":target{background:var(--mark);outline:3px solid var(--mark)}\n"
    "code{font:.86em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\","
    "monospace;overflow-wrap:anywhere}\n"
    "dl.figures{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.2rem;"
    "margin:0 0 1.5rem}dl.figures dt{color:var(--soft)}dl.figures dd{margin:0;min-width:0}\n"
    "nav{margin:1.5rem 0 0;padding:.8rem 1rem;background:var(--head);border-radius:8px}\n"
    "nav ol{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem}"
    "nav li{margin:0}nav a{text-decoration:none}nav a:hover{text-decoration:underline}\n"
    ".box{overflow-x:auto;margin:.8rem 0 1.6rem;border:1px solid var(--line);border-radius:8px}\n"
    "table{border-collapse:collapse;width:100%;font-size:.88rem;line-height:1.4}\n"
    "th{background:var(--head);font-weight:600;text-align:left;vertical-align:bottom}\n"
    "th,td{padding:.42rem .75rem;border-bottom:1px solid var(--line)}"
    "tr:last-child td{border-bottom:0}td{vertical-align:top}\n"
    "tbody tr:hover{background:var(--head)}.r{text-align:right;white-space:nowrap}"
    "th.r{white-space:normal}\n"
    "td code{display:inline-block;min-width:14em;max-width:38em}\n"
    "td:not(.r){max-width:36em;overflow-wrap:break-word}\n"
    ".d{white-space:nowrap}.badge{display:inline-block;padding:0 "
    ".5em;border-radius:1em;font-size:.76rem;"
    "line-height:1.5;background:var(--warnbg);color:var(--warn);border:1px solid currentColor;"
    "white-space:nowrap}\n"
    ".notice{padding:.6rem 1rem;border-left:4px solid var(--warn);background:var(--warnbg);"
    "border-radius:4px;max-width:48em}\n"
    "details{margin:.6rem 0 1rem}summary{cursor:pointer;font-weight:600;padding:.3rem 0}\n"
    "figure.chart{margin:.6rem 0 1rem;overflow-x:auto}figure.chart svg{display:block;width:100%;"
    "min-width:560px;max-width:960px;height:auto}figcaption{color:var(--soft);font-size:.8rem}\n"
    "svg text{font:12px system-ui,sans-serif;fill:var(--fg)}svg .tick{fill:var(--soft);"
    "font-size:11px}svg .detail{fill:var(--soft);font-size:10px}svg .grid{stroke:var(--line)}\n"
    "svg .dot{fill:var(--dot);fill-opacity:.55}svg .interval{stroke:var(--bar);stroke-width:10;"
    "stroke-linecap:butt;stroke-opacity:.75}svg .median{stroke:var(--fg);stroke-width:2}\n"
    ".src{padding:.5rem 0;border-bottom:1px solid var(--line);font-size:.84rem}"
    ".src p{margin:.1rem 0;max-width:none}.src .about{color:var(--soft)}\n"
    ".num{display:inline-block;margin-right:1em;font-variant-numeric:tabular-nums}"
    ".num a{text-decoration:none}.num i{color:var(--soft);font-style:normal}\n"
    ".src details{margin:.1rem 0}.src summary{font-weight:400;color:var(--soft);padding:0}"
    ".src ul{margin:.2rem 0;padding-left:1.2rem;max-width:none}.src li{margin:0;"
    "overflow-wrap:anywhere}\n"
    "footer{margin-top:3rem;color:var(--soft);font-size:.85rem}\n"
    "@media(max-width:600px){main{padding:1.2rem 1rem 3rem}h1{font-size:1.5rem}h2{font-size:"
    "1.2rem}dl.figures{grid-template-columns:1fr;gap:0}dl.figures dd{margin-bottom:.5rem}"
    "th,td{padding:.35rem .55rem}}\n"
    "@media print{:root{--bg:#fff;--fg:#000;--soft:#444;--line:#bbb;--head:#f2f2f2}body{font-size:"
    "10pt}main{max-width:none;padding:0}nav{display:none}.box{overflow:visible;border:0}"
    "h2,h3{break-after:avoid}tr,figure{break-inside:avoid}a.n{border:0}}\n";

void html_page_begin(struct buf *out, struct str title)
{
    buf_add_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'unsafe-inline'\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"generator\" content=\"chimera\">\n<title>");
    escape_html(out, title);
    buf_add_text(out, "</title>\n<style>\n");
    buf_add_text(out, STYLE);
    buf_add_text(out, "</style>\n</head>\n<body>\n<main>\n");
}

void html_page_end(struct buf *out)
{
    buf_add_text(out, "<footer>Each number leads to its sources above; report.facts.jsonl has all "
                      "of them for programs.</footer>\n</main>\n</body>\n</html>\n");
}
