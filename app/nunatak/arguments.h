// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

/// What the command line asks for.
struct Arguments {
    std::filesystem::path project;    ///< empty: the welcome page
    std::filesystem::path screenshot; ///< render the 3D view into this file and exit
    std::filesystem::path
        windowScreenshot;   ///< open the window, wait until it is idle, grab it into this file, exit
    bool overwrite = false; ///< the screenshot may take the place of another file
    bool timings = false;   ///< print start-up figures, then exit
    int width = 1280;
    int height = 800;
    std::optional<bool> nadir; ///< camera of a screenshot; none: as the project was left
};

/// The arguments, or the exit code when the program has nothing more to do (--help, --version, a usage error,
/// which is told on stderr).
std::variant<Arguments, int> parseArguments(int argc, char** argv);
