#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# setup.sh: Gradescope runs it once, as root, where it makes the image in which submissions of the
# lab @LAB@ are judged.

set -eu
here=${AUTOGRADER:-/autograder}/source
packages='@PACKAGES@'
# shellcheck disable=SC2086 # words
if ! dpkg -s $packages >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update
    apt-get install -y --no-install-recommends $packages
fi
tar -C "$here" -xzf "$here/twofold.tar.gz"
make -C "$here/twofold" -j2 build
