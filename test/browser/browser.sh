#!/bin/sh
# browser.sh - the reading room in headless Chromium, driven by playwright-core, judged by axe-core: see room.mjs.
#
# Chromium, node and npm are Debian's (tools/install-packages.sh browser); the two modules are fetched by npm into
# build/browser/ at the versions below, or taken from the folder KHABAR_NODE_MODULES. Where any of it is missing the test says so and
# is skipped. Pictures of every page stay in build/browser/pictures/.
set -u
source=${KHABAR_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
khabar=${KHABAR_BIN:-$source/build/release/khabar}
home=$source/build/browser
playwright=playwright-core@1.65.1 axe=axe-core@4.14.1

skip() {
    echo "ok browser # SKIP $1"
    exit 0
}

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "no chromium here"
command -v node >/dev/null || skip "no node here"
mkdir -p "$home/pictures"
modules=${KHABAR_NODE_MODULES:-$home/node_modules}
if [ ! -d "$modules/playwright-core" ] || [ ! -d "$modules/axe-core" ]; then
    command -v npm >/dev/null || skip "no npm here"
    timeout 90 npm install --prefix "$home" --no-save --no-audit --no-fund --silent "$playwright" "$axe" >"$home/npm.log" 2>&1 ||
        skip "npm could not fetch $playwright and $axe; see build/browser/npm.log"
fi

work=$(mktemp -d) || exit 2
trap 'kill $server $second 2>/dev/null; rm -rf "$work"' EXIT
server= second=

# A page that would like to be markup.
cat >"$work/hostile.html" <<'PAGE'
<html lang="en"><head><title>ZZHOSTILE &lt;script&gt;window.hacked=1&lt;/script&gt;&lt;img src=x onerror=window.hacked=2&gt; &#8238;evil&#8294;</title>
<meta property="og:site_name" content="&quot;&gt;&lt;script&gt;window.hacked=3&lt;/script&gt;"><link rel="canonical" href="https://evil.example/&quot;onmouseover=&quot;x"></head>
<body><article><h1>ZZHOSTILE &lt;script&gt;window.hacked=1&lt;/script&gt;&lt;img src=x onerror=window.hacked=2&gt; &#8238;evil&#8294;</h1>
<p>ZZHOSTILE: "&lt;iframe src=//evil.example&gt;" said Mr &lt;b&gt;Bold&lt;/b&gt; on 3 August 2024, and 17 people were injured, the ministry said in a statement.</p>
<p>The ministry said on Saturday that 17 people had been injured &#8238;and nobody&#8236; killed in the event, which nobody else has reported so far.</p></article></body></html>
PAGE
"$khabar" add --db "$work/k.db" --data "$source/examples/agencies" --now 2024-09-01 "$source/examples/pages" "$work/hostile.html" >"$work/add.log" 2>&1 ||
    { sed 's/^/# /' "$work/add.log"; echo "not ok browser: the example pages are added"; exit 1; }

# serve STORE LOG OPTIONS...: a server in the background, $!
serve() {
    store=$1 log=$2
    shift 2
    "$khabar" serve --db "$store" --data "$source/examples/agencies" --listen 127.0.0.1:0 "$@" >"$log" 2>&1 &
}
address_in() {
    for _ in $(seq $((100 * ${KHABAR_PATIENCE:-1}))); do
        url=$(sed -n 's|.*\(http://127.0.0.1:[0-9]*\).*|\1|p' "$1" | head -n 1)
        [ -n "$url" ] && break
        sleep 0.1
    done
    [ -n "$url" ] || { sed 's/^/# /' "$1"; echo "not ok browser: khabar serve listens"; exit 1; }
}
serve "$work/k.db" "$work/serve.log" --allow-edit
server=$!

# Pages of the press, where they lie beside the checkout: looked at too.
seeds=${KHABAR_SEEDS:-$source/../shared/eval/seeds}
others=
if [ -d "$seeds" ] && "$khabar" add --db "$work/seeds.db" "$seeds"/*.txt >"$work/seeds.log" 2>&1; then
    serve "$work/seeds.db" "$work/seeds-serve.log"
    second=$!
    address_in "$work/seeds-serve.log"
    others=$url
else
    echo "# no other pages in $seeds: the example pages alone"
fi
address_in "$work/serve.log"

timeout $((200 * ${KHABAR_PATIENCE:-1})) node "$source/test/browser/room.mjs" "$url" "$chromium" "$home/pictures" "$modules" $others
