// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "models/registry.h"
#include "models/safetensors.h"
#include "models/weight_layout.h"
#include "support/plain_test.h"
#include "support/temporary_folder.h"

#include <fstream>
#include <functional>
#include <numeric>

#include <nlohmann/json.hpp>

using namespace nunatak;
using namespace nunatak::tests;
using models::Manifest;
using models::Registry;

namespace fs = std::filesystem;

namespace {

Manifest someManifest(const std::string& name) {
    Manifest manifest;
    manifest.name = name;
    manifest.network.features = {{"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}},
                                 {"dem", {"elevation", "slope"}},
                                 {"co_pol_sar", {"ascending", "descending"}}};
    manifest.network.location = 12;
    manifest.pixelSize = 10.5;
    manifest.scaling = Manifest::publishedScaling(manifest.network.features);
    manifest.requiredFeatures = {"optical"};
    manifest.provenance = "Made by a test: “quotes” and ümlauts.";
    manifest.metrics = {{"validation_iou", 0.875}};
    manifest.parent = "0123";
    manifest.strategy = models::Strategy::RegionEncoding;
    manifest.regions.assign(11, "ALP");
    manifest.regions.push_back("unknown");
    manifest.trainedWithDropout = true;
    using Method = models::Calibration::Method;
    manifest.calibrations = {
        {Method::Isotonic, {0.25, 0.5}, {0.125, 1}, 1, "plain", 0.5, 10.5, 0.1, 0.01, "twelve tiles"},
        {Method::Isotonic, {0.25, 0.5}, {0.125, 1}, 1, "plain", 0.3, 10.5, 0.1, 0.01, "at 0.3"},
        {Method::KernelRidge, {0.25}, {-1e-9}, 2, "tta", 0.5, 21, 0.1, 0.01, ""}};
    manifest.bfloat16 = {0.9995, 0.001, 12, "validation tiles", true};
    return manifest;
}

models::NamedTensors someWeights(float value) {
    return {{"w", {{2}, {value, -value}}}};
}

bool sameManifest(const Manifest& a, const Manifest& b) {
    return a.name == b.name && a.version == b.version && a.parent == b.parent && a.network == b.network &&
           a.pixelSize == b.pixelSize && a.scaling == b.scaling && a.requiredFeatures == b.requiredFeatures &&
           a.provenance == b.provenance && a.metrics == b.metrics && a.created == b.created &&
           a.fingerprint == b.fingerprint && a.strategy == b.strategy && a.regions == b.regions &&
           a.trainedWithDropout == b.trainedWithDropout && a.calibrations == b.calibrations &&
           a.bfloat16 == b.bfloat16;
}

/// A manifest's file after `change`, which shall be refused with `why` and its name.
void refused(const std::function<void(nlohmann::json&)>& change, const std::string& why) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "model.json";
    models::writeManifest(someManifest("m"), file);
    nlohmann::json json;
    std::ifstream(file) >> json;
    change(json);
    std::ofstream(file) << json;
    NUNATAK_CHECK_THROWS(Error, why, models::readManifest(file));
    NUNATAK_CHECK_THROWS(Error, file.string(), models::readManifest(file));
}

void aCalibrationOfBeforeItSaidSoIsForOneHalfAndTheModelsPixels() {
    const TemporaryFolder folder;
    const auto file = folder.path() / "model.json";
    auto manifest = someManifest("m");
    manifest.calibrations.resize(1);
    models::writeManifest(manifest, file);
    nlohmann::json json;
    std::ifstream(file) >> json;
    json["calibrations"][0].erase("threshold");
    json["calibrations"][0].erase("pixel_size");
    std::ofstream(file) << json;
    const auto read = models::readManifest(file).calibrations.front();
    NUNATAK_CHECK(read.threshold == 0.5);
    NUNATAK_CHECK(read.pixelSize == 10.5);
    refused([](auto& one) { one["calibrations"][1]["threshold"] = 0.5; }, "more than one for the same");
    refused([](auto& one) { one["calibrations"][0]["threshold"] = 1.5; }, "threshold");
    refused([](auto& one) { one["calibrations"][0]["pixel_size"] = -1; }, "pixel_size");
}

void aManifestIsReadAsItWasWritten() {
    const TemporaryFolder folder;
    const auto file = folder.path() / "model.json";
    auto manifest = someManifest("m");
    manifest.version = 3;
    manifest.created = "2026-01-02T03:04:05Z";
    manifest.fingerprint = "abcd";
    models::writeManifest(manifest, file);
    NUNATAK_CHECK(sameManifest(models::readManifest(file), manifest));
}

void publishedScalingsAreThoseOfTheirBands() {
    const auto scaling = Manifest::publishedScaling({{"optical", {"nir", "blue"}}, {"dem", {"slope"}}});
    NUNATAK_CHECK_NEAR(scaling.at("optical")[0].maximum, 2.6781, 0);
    NUNATAK_CHECK_NEAR(scaling.at("optical")[1].minimum, -0.00373555, 0);
    NUNATAK_CHECK_NEAR(scaling.at("dem")[0].maximum, 88.97835244, 0);
    const auto sar = Manifest::publishedScaling({{"cross_pol_sar", {"ascending", "descending"}}});
    NUNATAK_CHECK(sar.at("cross_pol_sar")[1] == (models::BandScaling{-6, 15.9050037, true}));
    NUNATAK_CHECK_THROWS(Error, "ultraviolet", Manifest::publishedScaling({{"optical", {"ultraviolet"}}}));
}

void aDamagedManifestIsRefusedWithItsFileAndField() {
    refused([](auto& json) { json.erase("network"); }, "the field network is missing");
    refused([](auto& json) { json["network"]["tile"] = "large"; }, "network.tile is not a whole number");
    refused([](auto& json) { json["network"]["tile"] = 1e300; }, "network.tile is not a whole number");
    refused([](auto& json) { json["network"]["tile"] = 60; }, "multiple of 16");
    refused([](auto& json) { json["network"]["filters"] = 1'000'000'000; }, "number of filters");
    refused([](auto& json) { json["network"]["features"][0]["bands"] = 3; },
            "network.features[0].bands is not a list");
    refused([](auto& json) { json["network"]["features"][1]["name"] = "optical"; }, "optical twice");
    refused([](auto& json) { json["network"]["features"][1]["name"] = "../dem"; }, "small letters");
    refused([](auto& json) { json["network"]["location"] = 7; }, "location vector");
    refused([](auto& json) { json["network"]["heads"] = 3; }, "attention heads");
    refused([](auto& json) { json["network"]["architecture"] = "other"; }, "architecture");
    refused([](auto& json) { json["scaling"]["dem"].erase(1); }, "scaling.dem has 1 bands, not the 2");
    refused([](auto& json) { json["scaling"]["dem"][0]["maximum"] = -1e9; }, "is not above the minimum");
    refused([](auto& json) { json["pixel_size"] = 0; }, "pixel_size");
    refused([](auto& json) { json["required_features"] = {"thermal"}; }, "thermal");
    refused([](auto& json) { json["metrics"] = {{"iou", "good"}}; }, "metrics.iou is not a number");
    refused([](auto& json) { json["strategy"] = "luck"; }, "strategy is none that this version knows");
    refused([](auto& json) { json["regions"].erase(0); }, "does not name the 12 entries");
    refused([](auto& json) { json["calibrations"][0]["method"] = "guess"; }, "calibrations[0].method");
    refused([](auto& json) { json["calibrations"][0]["points"] = {0.5, 0.25}; }, "not in rising order");
    refused([](auto& json) { json["calibrations"][2]["coefficients"] = {1, 2}; }, "not as many numbers");
    refused([](auto& json) { json["calibrations"][1]["gamma"] = -1; },
            "calibrations[1].gamma is not above 0");
    refused([](auto& json) { json["bfloat16"]["tiles"] = "all"; }, "bfloat16.tiles");
    refused([](auto& json) { json["provenance"] = "\x1b[2J"; }, "provenance holds control characters");
    refused([](auto& json) { json["metrics"] = {{"\x1b[2J", 1}}; }, "metrics.?[2J has control characters");
    refused([](auto& json) { json["format_version"] = 2; }, "another version of the program");
    refused([](auto& json) { json["format"] = "picture"; }, "another kind of file");
    refused([](auto& json) { json = nlohmann::json::array(); }, "is not a JSON object");
}

void aManifestThatIsNoJsonIsRefused() {
    const TemporaryFolder folder;
    const auto file = folder.path() / "model.json";
    std::ofstream(file) << "{\"name\": ";
    NUNATAK_CHECK_THROWS(Error, "not valid JSON", models::readManifest(file));
    std::ofstream(file) << R"({"name": "x", "normalisation": {"mean": [NaN]}})";
    NUNATAK_CHECK_THROWS(Error, "says NaN for \"mean\"", models::readManifest(file));
    std::ofstream(file) << std::string(100'000, '[');
    NUNATAK_CHECK_THROWS(Error, "not valid JSON", models::readManifest(file));
    NUNATAK_CHECK_THROWS(Error, "no such file", models::readManifest(folder.path() / "none.json"));
}

void aStoredModelIsFoundByNameAndByPath() {
    const TemporaryFolder folder;
    const Registry registry(folder.path() / "installed", folder.path() / "user");
    const auto stored = registry.store(someManifest("alps"), someWeights(1));
    NUNATAK_CHECK_EQUAL(stored.manifest.fingerprint, models::fileSha256(stored.weightsFile()));
    NUNATAK_CHECK_EQUAL(stored.manifest.created.size(), 20u);
    NUNATAK_CHECK(sameManifest(registry.find("alps").manifest, stored.manifest));
    NUNATAK_CHECK(sameManifest(registry.find(stored.folder.string()).manifest, stored.manifest));
    NUNATAK_CHECK(
        sameManifest(registry.find((stored.folder / "model.json").string()).manifest, stored.manifest));
    NUNATAK_CHECK(models::readSafetensors(registry.find("alps").weightsFile()) == someWeights(1));
}

/// A sound model of the smallest size.
models::StoredModel storeSound(const Registry& registry) {
    Manifest manifest;
    manifest.name = "sound";
    manifest.network.tile = 16;
    manifest.network.filters = 2;
    manifest.network.features = {{"optical", {"red", "nir"}}};
    manifest.scaling = Manifest::publishedScaling(manifest.network.features);
    return registry.store(manifest, models::initialWeights(manifest.network, 1));
}

void weightsAreUsedOnlyWithTheFingerprintOfTheirManifest() {
    const TemporaryFolder folder;
    const auto model = storeSound(Registry({}, folder.path()));
    NUNATAK_CHECK(models::loadWeights(model) == models::initialWeights(model.manifest.network, 1));
    // Others of the same shapes: only the fingerprint tells.
    models::writeSafetensors(models::initialWeights(model.manifest.network, 2), {}, model.weightsFile());
    NUNATAK_CHECK_THROWS(Error, "is not the one its manifest was written for", models::loadWeights(model));
    NUNATAK_CHECK_THROWS(Error, model.weightsFile().string(), models::loadWeights(model));
    auto nameless = model;
    nameless.manifest.fingerprint.clear();
    NUNATAK_CHECK_THROWS(Error, "names no fingerprint", models::loadWeights(nameless));
}

void verifyingSeesWeightsThatAreMissingMisshapenOrTooMany() {
    const TemporaryFolder folder;
    auto model = storeSound(Registry({}, folder.path()));
    NUNATAK_CHECK_EQUAL(models::verifiedWeights(model).size(),
                        models::weightLayout(model.manifest.network).size());
    auto refusedWith = [&](const std::function<void(models::NamedTensors&)>& change, const std::string& why) {
        auto weights = models::initialWeights(model.manifest.network, 1);
        change(weights);
        models::writeSafetensors(weights, {}, model.weightsFile());
        model.manifest.fingerprint = models::fileSha256(model.weightsFile());
        NUNATAK_CHECK_THROWS(Error, why, models::verifiedWeights(model));
    };
    refusedWith([](auto& weights) { weights.erase("heads/output/bias"); },
                "the weight heads/output/bias is missing");
    refusedWith(
        [](auto& weights) {
            weights["heads/output/bias"].shape = {1, 2};
        },
        "heads/output/bias has the shape (1, 2), and the network needs (2)");
    refusedWith([](auto& weights) { weights["extra"] = {{1}, {0}}; }, "weights, and the network");
}

void storingAgainKeepsTheOldVersion() {
    const TemporaryFolder folder;
    const Registry registry({}, folder.path());
    const auto first = registry.store(someManifest("alps"), someWeights(1));
    const auto second = registry.store(someManifest("alps"), someWeights(2));
    const auto third = registry.store(someManifest("alps"), someWeights(3));
    NUNATAK_CHECK_EQUAL(first.manifest.version, 1);
    NUNATAK_CHECK_EQUAL(second.manifest.version, 2);
    NUNATAK_CHECK_EQUAL(third.manifest.version, 3);
    NUNATAK_CHECK(models::readSafetensors(registry.find("alps").weightsFile()) == someWeights(3));
    NUNATAK_CHECK(models::readSafetensors(registry.find("alps.v1").weightsFile()) == someWeights(1));
    NUNATAK_CHECK(models::readSafetensors(registry.find("alps.v2").weightsFile()) == someWeights(2));
    NUNATAK_CHECK_EQUAL(registry.find("alps.v2").manifest.name, "alps.v2");
    NUNATAK_CHECK_EQUAL(registry.list().size(), 3u);
    // Nothing half-written is left beside them.
    NUNATAK_CHECK_EQUAL(std::distance(fs::directory_iterator(folder.path()), {}), 3);
}

void theUsersModelComesBeforeAnInstalledOneOfItsName() {
    const TemporaryFolder folder;
    const Registry registry(folder.path() / "installed", folder.path() / "user");
    registry.store(someManifest("starter"), someWeights(1), folder.path() / "installed");
    NUNATAK_CHECK(registry.find("starter").folder == folder.path() / "installed" / "starter");
    registry.store(someManifest("starter"), someWeights(2));
    NUNATAK_CHECK(registry.find("starter").folder == folder.path() / "user" / "starter");
    NUNATAK_CHECK_EQUAL(registry.list().size(), 2u);
}

void anUnknownModelIsRefusedWithTheNamesThereAre() {
    const TemporaryFolder folder;
    const Registry registry({}, folder.path());
    NUNATAK_CHECK_THROWS(Error, "no models are installed", registry.find("alps"));
    registry.store(someManifest("alps"), someWeights(1));
    registry.store(someManifest("arctic"), someWeights(1));
    NUNATAK_CHECK_THROWS(Error, "there are: alps, arctic", registry.find("andes"));
    NUNATAK_CHECK_THROWS(Error, "There is no model", registry.find(""));
    NUNATAK_CHECK_THROWS(Error, "There is no model", registry.find(".."));
}

void damagedModelsAreLeftOutAndDescribed() {
    const TemporaryFolder folder;
    const Registry registry({}, folder.path());
    registry.store(someManifest("good"), someWeights(1));
    fs::remove(registry.store(someManifest("half"), someWeights(1)).weightsFile());
    fs::create_directory(folder.path() / "empty");
    std::vector<std::string> problems;
    const auto models = registry.list(&problems);
    NUNATAK_CHECK_EQUAL(models.size(), 1u);
    NUNATAK_CHECK_EQUAL(models[0].manifest.name, "good");
    NUNATAK_CHECK_EQUAL(problems.size(), 2u);
    NUNATAK_CHECK(problems[0].find("empty") != std::string::npos);
    NUNATAK_CHECK(problems[1].find("half") != std::string::npos);
}

void namesThatLeaveTheFolderAreRefused() {
    const TemporaryFolder folder;
    const Registry registry({}, folder.path() / "user");
    for (const auto* name : {"", "..", "../out", "a/b", ".hidden", "with space"}) {
        NUNATAK_CHECK_THROWS(Error, "cannot be a model's name",
                             registry.store(someManifest(name), someWeights(1)));
    }
}

void aFailureToStoreLeavesTheOldModelAsItWas() {
    const TemporaryFolder folder;
    const Registry registry({}, folder.path());
    registry.store(someManifest("alps"), someWeights(1));
    models::NamedTensors bad{{"w", {{1}, {std::numeric_limits<float>::quiet_NaN()}}}};
    NUNATAK_CHECK_THROWS(Error, "not a number", registry.store(someManifest("alps"), bad));
    NUNATAK_CHECK(models::readSafetensors(registry.find("alps").weightsFile()) == someWeights(1));
    NUNATAK_CHECK_EQUAL(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

void thePublishedNetworkHasItsNumberOfParameters() {
    models::NetworkSpec spec;
    spec.tile = 384;
    spec.filters = 64;
    spec.embedding = 64;
    spec.blocks = 12;
    spec.mlp = 256;
    spec.features = {{"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}},
                     {"dem", {"elevation", "slope"}}};
    auto count = [&](bool trainableOnly) {
        std::int64_t sum = 0;
        for (const auto& slot : models::weightLayout(spec)) {
            sum += slot.trainable || !trainableOnly ? slot.elements() : 0;
        }
        return sum;
    };
    NUNATAK_CHECK_EQUAL(count(false), 10'032'068);
    NUNATAK_CHECK_EQUAL(count(true), 10'024'516);
    spec.location = 12;
    NUNATAK_CHECK_EQUAL(count(false), 10'037'572);
}

} // namespace

std::vector<PlainTest> nunatak::tests::plainTests() {
    return {
        NUNATAK_PLAIN_TEST(aManifestIsReadAsItWasWritten),
        NUNATAK_PLAIN_TEST(aCalibrationOfBeforeItSaidSoIsForOneHalfAndTheModelsPixels),
        NUNATAK_PLAIN_TEST(publishedScalingsAreThoseOfTheirBands),
        NUNATAK_PLAIN_TEST(aDamagedManifestIsRefusedWithItsFileAndField),
        NUNATAK_PLAIN_TEST(aManifestThatIsNoJsonIsRefused),
        NUNATAK_PLAIN_TEST(aStoredModelIsFoundByNameAndByPath),
        NUNATAK_PLAIN_TEST(weightsAreUsedOnlyWithTheFingerprintOfTheirManifest),
        NUNATAK_PLAIN_TEST(verifyingSeesWeightsThatAreMissingMisshapenOrTooMany),
        NUNATAK_PLAIN_TEST(storingAgainKeepsTheOldVersion),
        NUNATAK_PLAIN_TEST(theUsersModelComesBeforeAnInstalledOneOfItsName),
        NUNATAK_PLAIN_TEST(anUnknownModelIsRefusedWithTheNamesThereAre),
        NUNATAK_PLAIN_TEST(damagedModelsAreLeftOutAndDescribed),
        NUNATAK_PLAIN_TEST(namesThatLeaveTheFolderAreRefused),
        NUNATAK_PLAIN_TEST(aFailureToStoreLeavesTheOldModelAsItWas),
        NUNATAK_PLAIN_TEST(thePublishedNetworkHasItsNumberOfParameters),
    };
}
