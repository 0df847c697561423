// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <sstream>

namespace {

constexpr int usageError = 2;
constexpr int largestSide = 16384;

constexpr auto examples = R"(Examples:
  nunatak                                       start with the list of recent projects
  nunatak demo.gpkg                             open a project
  nunatak demo.gpkg --screenshot view.png       draw the 3D view into a file, without a window
  nunatak demo.gpkg --screenshot view.png --size 1600x1000 --camera nadir
  xvfb-run -a nunatak demo.gpkg --screenshot view.png      the same on a machine without a display

Work without a window (predict, export, compare, fine-tune): nunatak-cli --help)";

/// "1600x1000" into the two numbers; an explanation when it is something else.
std::string parseSize(const std::string& text, Arguments& arguments) {
    std::istringstream stream(text);
    char times = 0;
    int width = 0;
    int height = 0;
    if (!(stream >> width >> times >> height) || (times != 'x' && times != 'X') || !stream.eof() ||
        width < 16 || height < 16 || width > largestSide || height > largestSide) {
        return "expected WIDTHxHEIGHT in pixels, each from 16 to 16384, such as 1600x1000";
    }
    arguments.width = width;
    arguments.height = height;
    return {};
}

} // namespace

std::variant<Arguments, int> parseArguments(int argc, char** argv) {
    Arguments arguments;
    std::string size;
    std::string camera;
    CLI::App app("Nunatak: glacier outlines from satellite scenes, in 3D.", "nunatak");
    app.footer(examples);
    app.set_version_flag("--version", NUNATAK_VERSION);
    app.add_option("project", arguments.project, "Project to open (.gpkg)")->type_name("PROJECT");
    auto* screenshot =
        app.add_option("--screenshot", arguments.screenshot,
                       "Draw the 3D view with its outlines into this file (.png, .jpg) and exit")
            ->type_name("FILE");
    app.add_option("--size", size, "Size of the screenshot in pixels (1280x800)")->type_name("WxH");
    app.add_option("--camera", camera, "Camera of the screenshot: nadir or oblique (as the project was left)")
        ->check(CLI::IsMember({"nadir", "oblique"}))
        ->type_name("CAMERA")
        ->needs(screenshot);
    app.add_flag("--overwrite", arguments.overwrite,
                 "Let the screenshot replace a file that is no earlier screenshot")
        ->needs(screenshot);
    app.add_option("--window-screenshot", arguments.windowScreenshot)->group("");
    app.add_flag("--timings", arguments.timings)->group("");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const bool asked = error.get_exit_code() == 0; // --help, --version
        if (asked) {
            app.exit(error);
            return 0;
        }
        std::cerr << "nunatak: " << error.what() << " See nunatak --help.\n";
        return usageError;
    }
    if (!size.empty()) {
        if (const auto problem = parseSize(size, arguments); !problem.empty()) {
            std::cerr << "nunatak: --size " << size << ": " << problem << ".\n";
            return usageError;
        }
    }
    if (!arguments.screenshot.empty() && arguments.project.empty()) {
        std::cerr
            << "nunatak: --screenshot needs a project, such as nunatak demo.gpkg --screenshot view.png.\n";
        return usageError;
    }
    if (!camera.empty()) {
        arguments.nadir = camera == "nadir";
    }
    return arguments;
}
