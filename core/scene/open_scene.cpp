// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/open_scene.h"

#include "base/dates.h"
#include "base/error.h"
#include "raster/virtual_files.h"
#include "scene/coverage.h"
#include "scene/products/elevation.h"
#include "scene/products/elevation_names.h"
#include "scene/products/product_folder.h"
#include "scene/products/radar.h"
#include "scene/products/recognise.h"
#include "scene/scene_building.h"
#include "scene/scene_from_rasters.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace nunatak::scene {

namespace {

using products::Product;

/// Says which acquisitions there are, and how to give one of them.
Error severalAcquisitions(const std::vector<const Product*>& dated, const std::vector<std::string>& notes) {
    std::string list;
    constexpr std::size_t most = 6;
    for (std::size_t i = 0; i < std::min(dated.size(), most); ++i) {
        const Product& product = *dated[i];
        list += (i > 0 ? "; " : "") + product.name + ", " + product.date + " (" + product.kind + "): \"" +
                (product.pattern.empty() ? product.given : product.pattern) + "\"";
    }
    std::string aside;
    for (const std::string& note : notes) {
        aside += " " + note;
    }
    return Error(
        (dated.size() == 2 ? "Two" : std::to_string(dated.size())) +
        std::string(" acquisitions were given: ") + list + (dated.size() > most ? "; …" : "") +
        ". A scene is one of them: give what is in quotes of one of them, with the elevation model, and open "
        "them one after the other." +
        aside);
}

/// The one acquisition that names and dates the scene; null when there is none.
const Product* mainOf(const std::vector<Product>& found, const std::vector<std::string>& notes) {
    const Product* main = nullptr;
    std::vector<const Product*> dated;
    for (const Product& product : found) {
        if (!product.isMain) {
            continue;
        }
        if (!product.date.empty()) {
            dated.push_back(&product);
        }
        if (main == nullptr || (main->date.empty() && !product.date.empty())) {
            main = &product;
        }
    }
    if (dated.size() > 1) {
        throw severalAcquisitions(dated, notes);
    }
    return main;
}

/// What the user said of a raster, as a product.
Product said(const RasterArgument& argument, ReflectanceStorage storage) {
    Product product;
    product.kind = "Raster given as " + argument.feature;
    product.given = argument.text;
    product.isMain = argument.feature == "optical";
    product.rasters.push_back(rasterFrom(argument, storage, product.notes));
    const SceneRaster& raster = product.rasters.front();
    if (argument.feature == "dem" && raster.bandNames.front() == "elevation") {
        // The same care as for one that was recognised.
        Product model = products::openElevation(raster.file, argument.text, raster.bands.front());
        model.rasters.front().bands = raster.bands;
        model.rasters.front().bandNames = raster.bandNames;
        if (const std::string shown = products::elevationCompanion(raster.file); !shown.empty()) {
            model.notes.push_back(model.name + ": by its name it shows " + shown +
                                  "; taken as heights, as told.");
        }
        product.rasters = std::move(model.rasters);
        product.notes.insert(product.notes.end(), model.notes.begin(), model.notes.end());
        product.kind = model.kind;
    }
    product.name = std::filesystem::path(product.rasters.front().file).filename().string();
    return product;
}

/// Nothing given can be used: why.
Error nothingToUse(const products::Recognised& all) {
    if (!all.leftOut.empty()) {
        return Error(all.leftOut.front().why);
    }
    return Error("Nothing that was given can be used: " +
                 (all.notes.empty() ? "no product and no raster." : all.notes.front()));
}

/// Says what was given and is not used.
void noteLeftOut(Scene& scene, const products::Recognised& all) {
    scene.notes.insert(scene.notes.end(), all.notes.begin(), all.notes.end());
    std::string names;
    constexpr std::size_t most = 10;
    for (std::size_t i = 0; i < std::min(all.leftOut.size(), most); ++i) {
        names += (i > 0 ? ", " : "") + all.leftOut[i].name;
    }
    if (!names.empty()) {
        scene.notes.push_back("Not used, as they are no rasters: " + names +
                              (all.leftOut.size() > most ? ", …." : "."));
    }
}

void describe(Scene& scene, const products::Recognised& all, const OpenOptions& options) {
    const std::vector<Product>& found = all.products;
    const Product* main = mainOf(found, all.notes);
    const Product* naming = main != nullptr ? main : found.empty() ? nullptr : &found.front();
    if (naming != nullptr) {
        const bool file = naming->sensor.empty(); // a raster's name ends with its type
        scene.name = file ? std::filesystem::path(naming->name).stem().string() : naming->name;
        scene.product = file ? "" : naming->name;
        scene.date = naming->date;
        scene.time = naming->time;
        scene.sensor = naming->sensor;
        scene.sunElevation = naming->sunElevation;
        scene.sunAzimuth = naming->sunAzimuth;
    }
    scene.name = options.name.empty() ? scene.name : options.name;
    scene.date = options.date.empty() ? scene.date : isoDateFrom(options.date);
    scene.sensor = options.sensor.empty() ? scene.sensor : options.sensor;
    scene.pixelSize = options.pixelSize;
}

void throwIfOnlyBesideRadar(const products::Recognised& all, const OpenOptions& options) {
    if (all.products.empty() && all.unknown.empty() && options.rasters.empty() && !all.besideRadar.empty()) {
        throw Error(
            "\"" + all.besideRadar.front() +
            "\" lies beside a radar product (mask, incidence angle, phase, elevation …) and is not used; "
            "give the backscatter or the coherence itself, or say what it is, as in --elevation FILE.");
    }
}

/// What was seen and is not used is said.
void noteBesideRadar(const std::vector<std::string>& files, Scene& scene) {
    if (files.empty()) {
        return;
    }
    constexpr std::size_t most = 8; // a dozen bursts have fifty of them
    std::string names;
    for (std::size_t i = 0; i < std::min(most, files.size()); ++i) {
        names += (i == 0 ? "" : ", ") + std::filesystem::path(files[i]).filename().string();
    }
    names += files.size() > most ? " and " + std::to_string(files.size() - most) + " more" : "";
    scene.notes.push_back("Not used, as they lie beside radar measurements and are none: " + names + ".");
}

} // namespace

/// "FOLDER/*_L30.tif" as the files that are called so: whoever quotes it, or types it in a dialog, has no
/// shell that does it.
std::vector<std::string> withoutStars(const std::vector<std::string>& paths) {
    std::vector<std::string> result;
    for (const std::string& path : paths) {
        const auto slash = path.rfind('/');
        const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
        const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash);
        std::error_code none;
        if (name.find('*') == std::string::npos || path.find("://") != std::string::npos ||
            std::filesystem::exists(path, none)) {
            result.push_back(path);
            continue;
        }
        const std::size_t before = result.size();
        for (const std::string& other : raster::namesIn(folder.empty() ? "/" : folder)) {
            if (products::fits(other, name)) {
                result.push_back(slash == std::string::npos ? other : folder + "/" + other);
            }
        }
        if (result.size() == before) {
            throw Error("No file is called \"" + path + "\"; check the path.");
        }
    }
    return result;
}

OpenedScene openScene(const std::vector<std::string>& given, const OpenOptions& options,
                      const Progress& progress) {
    if (!(options.pixelSize >= 0) || std::isinf(options.pixelSize)) {
        throw Error("A pixel size of " + std::to_string(options.pixelSize) + " m is none; give one above 0.");
    }
    const std::vector<std::string> paths = withoutStars(given);
    products::Recognised all;
    double done = 0;
    for (const std::string& path : paths) {
        constexpr double share = 0.8;
        progress.report(share * done++ / static_cast<double>(paths.size()), "Looking at what was given");
        products::recognise(path, options.reflectance, progress, all);
    }
    products::putTogether(all, options.reflectance);
    throwIfOnlyBesideRadar(all, options);
    if (all.products.empty() && all.unknown.empty() && options.rasters.empty()) {
        throw nothingToUse(all);
    }
    for (const RasterArgument& argument : options.rasters) {
        all.products.push_back(said(argument, options.reflectance));
        // What the user says of a raster goes before what is recognised, or not.
        const std::string file = all.products.back().rasters.front().file;
        const auto same = [&](const auto& raster) { return raster.file == file; };
        std::erase_if(all.unknown, same);
        std::erase_if(all.notes, [&](const std::string& note) {
            return note.starts_with(std::filesystem::path(file).filename().string() + " is not used");
        });
        std::erase(all.besideRadar, file);
        for (std::size_t i = 0; i + 1 < all.products.size(); ++i) {
            std::erase_if(all.products[i].rasters, [&](const SceneRaster& raster) {
                return same(raster) && all.products[i].given != argument.text &&
                       std::none_of(
                           options.rasters.begin(), options.rasters.end(),
                           [&](const RasterArgument& other) { return other.text == all.products[i].given; });
            });
        }
        std::erase_if(all.products, [](const Product& product) { return product.rasters.empty(); });
    }
    const std::vector<std::string> joined = products::joinElevations(all.products);
    all.notes.insert(all.notes.end(), joined.begin(), joined.end());
    std::erase_if(all.products, [](const Product& product) { return product.rasters.empty(); });
    products::joinPasses(all.products);
    products::nameOrbits(all.products, options.swapOrbits);

    OpenedScene opened;
    opened.unknown = all.unknown;
    opened.reflectanceIsAsked = !all.unknown.empty(); // it may turn out to be optical
    opened.scene.id = newUuid();
    describe(opened.scene, all, options);
    for (const Product& product : all.products) {
        opened.products.push_back({product.given, product.kind, product.name, product.date});
        for (const SceneRaster& raster : product.rasters) {
            opened.reflectanceIsAsked |=
                (product.sensor.empty() || product.reflectanceIsGuessed) && raster.feature == "optical";
        }
        opened.scene.rasters.insert(opened.scene.rasters.end(), product.rasters.begin(),
                                    product.rasters.end());
        opened.scene.notes.insert(opened.scene.notes.end(), product.notes.begin(), product.notes.end());
    }
    noteLeftOut(opened.scene, all);
    noteBesideRadar(all.besideRadar, opened.scene);
    if (opened.unknown.empty() && !opened.scene.rasters.empty()) {
        progress.report(0.9, "Fitting the rasters together");
        complete(opened.scene);
        noteHeights(opened.scene, progress);
        noteMissing(opened.scene);
        opened.complete = true;
    }
    return opened;
}

Scene sceneFromRasters(const std::vector<RasterArgument>& rasters, const std::string& name,
                       const std::string& date, const std::string& sensor) {
    OpenOptions options;
    options.name = name;
    options.date = date;
    options.sensor = sensor;
    options.rasters = rasters;
    OpenedScene opened = openScene({}, options);
    if (!opened.complete) {
        throw Error("The scene \"" + name + "\" has no rasters; give at least an optical one.");
    }
    return std::move(opened.scene);
}

} // namespace nunatak::scene
