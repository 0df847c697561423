// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

#include "base/error.h"
#include "scene/local_files.h"
#include "scene/open_scene.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace nunatak::cli {

namespace {

struct OpenArguments {
    std::vector<std::string> paths;
    std::string out;
    scene::OpenOptions options;
    std::map<std::string, std::vector<std::string>> rasters; ///< texts by feature
    bool json = false;
    bool overwrite = false;
};

/// Features by the options that name them.
const std::vector<std::pair<std::string, std::string>>& rasterOptions() {
    static const std::vector<std::pair<std::string, std::string>> options{
        {"--optical", "optical"},         {"--elevation", "dem"},    {"--co-pol", "co_pol_sar"},
        {"--cross-pol", "cross_pol_sar"}, {"--coherence", "in_sar"}, {"--thermal", "thermal"}};
    return options;
}

nlohmann::json asJson(const scene::OpenedScene& opened) {
    nlohmann::json products = nlohmann::json::array();
    for (const auto& product : opened.products) {
        products.push_back({{"given", product.given},
                            {"kind", product.kind},
                            {"name", product.name},
                            {"date", product.date}});
    }
    nlohmann::json features = nlohmann::json::object();
    for (const auto& raster : opened.scene.rasters) {
        for (const auto& band : raster.bandNames) {
            features[raster.feature].push_back(band);
        }
    }
    const auto& grid = opened.scene.grid;
    return {{"name", opened.scene.name},  {"date", opened.scene.date}, {"sensor", opened.scene.sensor},
            {"products", products},       {"features", features},      {"crs", grid.crs.name()},
            {"columns", grid.columns},    {"rows", grid.rows},         {"pixel_size", grid.pixelSize},
            {"notes", opened.scene.notes}};
}

void printOpened(const scene::OpenedScene& opened) {
    for (const auto& product : opened.products) {
        fmt::print("{}\n  {}{}{}\n", product.given, product.kind, product.date.empty() ? "" : ", ",
                   product.date);
    }
    const auto& scene = opened.scene;
    fmt::print("Scene \"{}\": {} × {} pixels of {:g} m in {}\n", scene.name, scene.grid.columns,
               scene.grid.rows, scene.grid.pixelSize, scene.grid.crs.name());
    std::map<std::string, std::string> features;
    for (const auto& raster : scene.rasters) {
        for (const auto& band : raster.bandNames) {
            auto& text = features[raster.feature];
            text += (text.empty() ? "" : ", ") + band;
        }
    }
    for (const auto& [feature, bands] : features) {
        fmt::print("  {}: {}\n", feature, bands);
    }
    for (const auto& note : scene.notes) {
        fmt::print("Note: {}\n", note);
    }
}

void runOpen(OpenArguments arguments, const std::stop_token& stop) {
    for (const auto& [feature, texts] : arguments.rasters) {
        for (const auto& text : texts) {
            arguments.options.rasters.push_back({feature, text});
        }
    }
    Claim claim{"opening of a scene", arguments.overwrite};
    for (const auto& path : arguments.paths) {
        if (const auto file = scene::localFile(path)) {
            claim.read.push_back(*file);
        }
    }
    if (!arguments.out.empty()) {
        throwUnlessFree(arguments.out, claim);
    }
    scene::OpenedScene opened;
    {
        ProgressBar bar(stop);
        opened = scene::openScene(arguments.paths, arguments.options, bar.progress());
    }
    if (!opened.unknown.empty()) {
        throw Error(opened.unknown.front().reason +
                    " Say it, as in --optical FILE:blue,green,red,nir,swir1,swir2 or --elevation FILE, with "
                    "the file \"" +
                    opened.unknown.front().file + "\".");
    }
    if (!arguments.out.empty()) {
        scene::saveScene(opened.scene, arguments.out, claim);
    }
    if (arguments.json) {
        fmt::print("{}\n", asJson(opened).dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    } else {
        printOpened(opened);
        if (!arguments.out.empty()) {
            fmt::print("Wrote {}.\n", arguments.out);
        }
    }
}

void addOpen(CLI::App& scene, Context& context) {
    auto* command = scene.add_subcommand("open", "Recognise satellite products and make a scene of them");
    auto arguments = std::make_shared<OpenArguments>();
    command->add_option("path", arguments->paths,
                        "Products: folders, .tar, .zip, .SAFE, rasters, /vsi… paths; together one scene");
    command->add_option("--out", arguments->out,
                        "The scene.json to write; without it the scene is only shown");
    addOverwrite(*command, arguments->overwrite);
    for (const auto& [option, feature] : rasterOptions()) {
        command
            ->add_option(option, arguments->rasters[feature],
                         "A raster that is " + feature + ", as FILE or FILE:band,…; repeatable")
            ->allow_extra_args(false);
    }
    const std::map<std::string, scene::ReflectanceStorage> storages{
        {"0-1", scene::ReflectanceStorage::Unit},
        {"0-10000", scene::ReflectanceStorage::TenThousand},
        {"1000-11000", scene::ReflectanceStorage::TenThousandAndThousand},
        {"landsat-c2", scene::ReflectanceStorage::Collection2},
        {"0-255", scene::ReflectanceStorage::Bytes},
        {"as-is", scene::ReflectanceStorage::AsIs}};
    command
        ->add_option("--reflectance", arguments->options.reflectance,
                     "How rasters that do not say so store reflectance (default: told from their numbers)")
        ->transform(CLI::CheckedTransformer(storages, CLI::ignore_case)
                        .description("{0-1,0-10000,1000-11000,landsat-c2,0-255,as-is}"));
    command
        ->add_option("--pixel-size", arguments->options.pixelSize,
                     "Pixels of the scene in metres (default: the finest optical band's)")
        ->check(CLI::PositiveNumber);
    command->add_flag("--swap-orbits", arguments->options.swapOrbits,
                      "Exchange ascending and descending, for a model that learnt them the other way round");
    command->add_option("--name", arguments->options.name, "Name of the scene (default: the product's)");
    command->add_option("--date", arguments->options.date, "Date of acquisition, as 2000-10-30");
    command->add_option("--sensor", arguments->options.sensor, "Sensor, as \"Landsat 7 ETM+\"");
    command->add_flag("--json", arguments->json, "Print JSON");
    command->footer(
        "Examples:\n"
        "  nunatak-cli scene open LC08_L1TP_193027_20200822_20200905_02_T1.tar dem.tif --out scene.json\n"
        "  nunatak-cli scene open S2A_MSIL1C_20210908T042701_N0301_R133_T46RER_20210908T070248.SAFE \\\n"
        "      --pixel-size 20 --out scene.json\n"
        "  nunatak-cli scene open --optical stack.tif:blue,green,red,nir,swir1,swir2 --out scene.json");
    command->callback([=, &context] {
        const bool none = std::all_of(arguments->rasters.begin(), arguments->rasters.end(),
                                      [](const auto& entry) { return entry.second.empty(); });
        if (arguments->paths.empty() && none) {
            throw CLI::ValidationError("scene open", "needs a path");
        }
        context.run = [=, &context] { runOpen(*arguments, context.stop); };
    });
}

} // namespace

void addScene(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("scene", "Make a scene from satellite products, or choose among several");
    command->require_subcommand(1);
    addOpen(*command, context);
    addSceneRank(*command, context);
    command->footer("Examples:\n  nunatak-cli scene open LC08_….tar dem.tif --out scene.json\n"
                    "  nunatak-cli scene rank 2019.json 2020.json --outlines rgi.shp");
}

} // namespace nunatak::cli
