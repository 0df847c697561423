// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/open_scene.h"

#include "base/error.h"
#include "scene/products/elevation.h"
#include "scene/products/radar.h"
#include "scene/products/recognise.h"
#include "scene/scene_building.h"
#include "scene/scene_from_rasters.h"

#include <algorithm>
#include <filesystem>

namespace nunatak::scene {

namespace {

using products::Product;

/// The one acquisition that names and dates the scene; null when there is none.
const Product* mainOf(const std::vector<Product>& found) {
    const Product* main = nullptr;
    for (const Product& product : found) {
        if (!product.isMain) {
            continue;
        }
        if (main != nullptr && !main->date.empty() && !product.date.empty()) {
            throw Error("Two acquisitions were given (" + main->name + " and " + product.name +
                        "); a scene is one of them: open them one after the other.");
        }
        if (main == nullptr || main->date.empty()) {
            main = &product;
        }
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
    if (argument.feature == "dem" && product.rasters.front().bandNames.front() == "elevation") {
        // The same care as for one that was recognised.
        const Product model = products::openElevation(product.rasters.front().file, argument.text);
        const std::vector<int> bands = product.rasters.front().bands;
        const std::vector<std::string> names = product.rasters.front().bandNames;
        product.rasters = model.rasters;
        product.rasters.front().bands = bands;
        product.rasters.front().bandNames = names;
        product.notes = model.notes;
        product.kind = model.kind;
    }
    product.name = std::filesystem::path(product.rasters.front().file).filename().string();
    return product;
}

void describe(Scene& scene, const std::vector<Product>& found, const OpenOptions& options) {
    const Product* main = mainOf(found);
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
    scene.date = options.date.empty() ? scene.date : options.date;
    scene.sensor = options.sensor.empty() ? scene.sensor : options.sensor;
    scene.pixelSize = options.pixelSize;
}

} // namespace

OpenedScene openScene(const std::vector<std::string>& paths, const OpenOptions& options,
                      const Progress& progress) {
    if (options.pixelSize < 0) {
        throw Error("A pixel size of " + std::to_string(options.pixelSize) + " m is none; give one above 0.");
    }
    products::Recognised all;
    double done = 0;
    for (const std::string& path : paths) {
        constexpr double share = 0.8;
        progress.report(share * done++ / static_cast<double>(paths.size()), "Looking at what was given");
        products::Recognised found = products::recognise(path, options.reflectance, progress);
        std::move(found.products.begin(), found.products.end(), std::back_inserter(all.products));
        std::move(found.unknown.begin(), found.unknown.end(), std::back_inserter(all.unknown));
    }
    for (const RasterArgument& argument : options.rasters) {
        all.products.push_back(said(argument, options.reflectance));
        // What the user says of a raster goes before what is recognised, or not.
        const std::string file = all.products.back().rasters.front().file;
        const auto same = [&](const auto& raster) { return raster.file == file; };
        std::erase_if(all.unknown, same);
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
    products::joinElevations(all.products);
    products::nameOrbits(all.products, options.swapOrbits);

    OpenedScene opened;
    opened.unknown = all.unknown;
    opened.reflectanceIsAsked = !all.unknown.empty(); // it may turn out to be optical
    opened.scene.id = newUuid();
    describe(opened.scene, all.products, options);
    for (const Product& product : all.products) {
        opened.products.push_back({product.given, product.kind, product.name, product.date});
        for (const SceneRaster& raster : product.rasters) {
            opened.reflectanceIsAsked |= product.sensor.empty() && raster.feature == "optical";
        }
        opened.scene.rasters.insert(opened.scene.rasters.end(), product.rasters.begin(),
                                    product.rasters.end());
        opened.scene.notes.insert(opened.scene.notes.end(), product.notes.begin(), product.notes.end());
    }
    if (opened.unknown.empty() && !opened.scene.rasters.empty()) {
        progress.report(0.9, "Fitting the rasters together");
        complete(opened.scene);
        noteMissing(opened.scene);
        opened.complete = true;
    }
    return opened;
}

} // namespace nunatak::scene
