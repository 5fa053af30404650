#!/bin/sh
# What the machine must hold before pip can work. One command by need:
#   systeme.sh python          print the first usable interpreter (3.11 to 3.14)
#   systeme.sh venv PYTHON     make sure that PYTHON can create environments, or stop
#   systeme.sh qt              the libraries Qt loads (asked for when the folder ui/ exists), or stop
#   systeme.sh pdf             Java and JAXB for veraPDF; never stops
#   systeme.sh jaxb            print the class path of JAXB, or fail
#   systeme.sh lecteur         Xvfb, D-Bus and AT-SPI for the walk of a screen reader; never stops
#   systeme.sh ecoute          print the Python that hears the window by AT-SPI, or fail
set -eu

usable() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null
}

trouver_python() {
    for candidat in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidat" >/dev/null && usable "$candidat"; then
            command -v "$candidat"
            return
        fi
    done
    echo "Python 3.11 à 3.14 est introuvable : installez-le, puis relancez la commande." >&2
    return 1
}

# Run apt-get when this user may do so without being asked anything.
installer() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" -eq 0 ]; then
        prefixe=""
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        prefixe="sudo -n"
    else
        return 1
    fi
    options="-qq -o DPkg::Lock::Timeout=120"
    echo "Installation de paquets du système : $*"
    # shellcheck disable=SC2086  # both are lists of words
    $prefixe apt-get $options update </dev/null &&
        $prefixe env DEBIAN_FRONTEND=noninteractive \
            apt-get $options install -y --no-install-recommends "$@" </dev/null >/dev/null
}

ligne() {
    echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $*" >&2
}

exiger() {
    installer "$@" && return
    echo "Il manque des paquets du système. Installez-les avec cette ligne, puis relancez la commande :" >&2
    ligne "$@"
    return 1
}

# Debian and Ubuntu ship ensurepip apart from the interpreter.
preparer_venv() {
    [ -n "$1" ] || return 1
    peut_creer "$1" && return
    exiger "$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    peut_creer "$1"
}

peut_creer() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

# Library and Debian package of each thing that a window needs (the last five: xcb only).
BIBLIOTHEQUES="libglib-2.0.so.0=libglib2.0-0 libEGL.so.1=libegl1 libGL.so.1=libgl1
libfontconfig.so.1=libfontconfig1 libxkbcommon.so.0=libxkbcommon0 libdbus-1.so.3=libdbus-1-3
libxcb-cursor.so.0=libxcb-cursor0 libxcb-icccm.so.4=libxcb-icccm4 libxcb-keysyms.so.1=libxcb-keysyms1
libxcb-shape.so.0=libxcb-shape0 libxkbcommon-x11.so.0=libxkbcommon-x11-0"

preparer_qt() {
    presentes="$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)"
    manquants=""
    for paire in $BIBLIOTHEQUES; do
        case "$presentes" in
        *"${paire%%=*} "*) ;;
        *) manquants="$manquants ${paire#*=}" ;;
        esac
    done
    [ -z "$manquants" ] && return
    # shellcheck disable=SC2086  # a list of words
    exiger $manquants
}

JARS="jaxb-runtime jaxb-api istack-commons-runtime txw2"

classes_jaxb() {
    chemin=""
    for jar in $JARS; do
        [ -f "/usr/share/java/$jar.jar" ] || return 1
        chemin="$chemin${chemin:+:}/usr/share/java/$jar.jar"
    done
    echo "$chemin"
}

preparer_pdf() {
    manquants=""
    command -v javac >/dev/null || manquants="default-jdk-headless"
    classes_jaxb >/dev/null || manquants="$manquants libjaxb-java"
    [ -z "$manquants" ] && return
    # shellcheck disable=SC2086  # a list of words
    installer $manquants && return
    echo "Le contrôle veraPDF sera laissé de côté. Pour l’avoir, installez Java et JAXB :" >&2
    # shellcheck disable=SC2086  # a list of words
    ligne $manquants
}

# pyatspi is a package of the system, for the Python of the system: that of the environment cannot see it.
python_ecoute() {
    for outil in Xvfb dbus-daemon; do
        command -v "$outil" >/dev/null || return 1
    done
    [ -x /usr/libexec/at-spi-bus-launcher ] || return 1
    /usr/bin/python3 -c 'import pyatspi' 2>/dev/null || return 1
    echo /usr/bin/python3
}

PAQUETS_ECOUTE="xvfb at-spi2-core dbus python3-pyatspi"

preparer_lecteur() {
    python_ecoute >/dev/null && return
    # shellcheck disable=SC2086  # a list of words
    installer $PAQUETS_ECOUTE && return
    echo "Le parcours au lecteur d’écran sera laissé de côté. Pour l’avoir, installez Xvfb et AT-SPI :" >&2
    # shellcheck disable=SC2086  # a list of words
    ligne $PAQUETS_ECOUTE
}

case "${1:-}" in
python) trouver_python ;;
venv) preparer_venv "$2" ;;
qt) preparer_qt ;;
pdf) preparer_pdf ;;
jaxb) classes_jaxb ;;
lecteur) preparer_lecteur ;;
ecoute) python_ecoute ;;
*)
    echo "usage: systeme.sh python | venv PYTHON | qt | pdf | jaxb | lecteur | ecoute" >&2
    exit 2
    ;;
esac
