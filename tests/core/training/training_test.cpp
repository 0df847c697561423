// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/shape_operations.h"
#include "models/learning_record.h"
#include "models/simulated_only.h"
#include "training/learning_record.h"
#include "training_fixture.h"

#include <QtTest>

#include <cmath>
#include <fstream>

using namespace nunatak;
using namespace nunatak::training;
using namespace nunatak::tests;

namespace {

template <typename Work> std::string errorOf(Work&& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

/// A model on disk in a registry of its own.
struct Models {
    explicit Models(const TrainingScene& scene) : user(scene.path("models")), registry({}, user) {
        std::filesystem::create_directories(user);
        parent = registry.store(trainingManifest(), FakeNetwork::freshWeights(trainingManifest().network));
    }
    std::filesystem::path user;
    models::Registry registry;
    models::StoredModel parent;
    FakeModelsModule module;
};

} // namespace

class TrainingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void learningFromOutlinesMakesTheModelAgreeWithThem() {
        const TrainingScene scene;
        FakeNetwork network(trainingManifest().network);
        auto options = fewSteps(60);
        int calls = 0;
        options.onStep = [&](int step, double loss) {
            ++calls;
            QCOMPARE(step, calls);
            QVERIFY(std::isfinite(loss));
        };
        const auto result = train(network, trainingManifest(), {scene.area()}, options, {});
        QCOMPARE(calls, 60);
        QCOMPARE(result.losses.size(), std::size_t(60));
        QVERIFY(result.losses.back() < 0.5 * result.losses.front());
        QVERIFY2(result.measured->iouBefore < 0.1, std::to_string(result.measured->iouBefore).c_str());
        QVERIFY2(result.measured->iouAfter > 0.95, std::to_string(result.measured->iouAfter).c_str());
    }

    void agreementCountsOnlyWhereAnExpertLooked() {
        const TrainingScene scene;
        auto area = scene.area();
        // The outline is wrong outside of what was looked at: nobody may notice.
        area.lookedAt = scene.pixels(30, 20, 80, 70);
        area.glaciers = {scene.pixels(40, 30, 80, 60)};
        FakeNetwork network(trainingManifest().network);
        const auto result = train(network, trainingManifest(), {area}, fewSteps(60), {});
        QVERIFY2(result.measured->iouAfter > 0.95, std::to_string(result.measured->iouAfter).c_str());
    }

    void outlinesInAnotherCoordinateSystemAreLearntInTheRightPlace() {
        const TrainingScene scene;
        auto area = scene.area();
        const auto degrees = geo::Crs::fromUserInput("EPSG:4326");
        area.glaciers = {geo::CoordinateTransform(scene.grid.crs, degrees)(area.glaciers[0])};
        area.crs = degrees;
        FakeNetwork network(trainingManifest().network);
        const auto result = train(network, trainingManifest(), {area}, fewSteps(60), {});
        QVERIFY2(result.measured->iouAfter > 0.95, std::to_string(result.measured->iouAfter).c_str());
    }

    void severalAreasAreLearntTogether() {
        const TrainingScene first;
        const TrainingScene second;
        FakeNetwork network(trainingManifest().network);
        auto options = fewSteps(20);
        options.measure = false;
        const auto result = train(network, trainingManifest(), {first.area(), second.area()}, options, {});
        QCOMPARE(result.losses.size(), std::size_t(20));
        QVERIFY(!result.measured);
    }

    void fineTuningMakesANewVersionThatSaysWhereItComesFrom() {
        const TrainingScene scene;
        Models models(scene);
        const auto result = finetune(models.parent, models.module, models.registry, "alps", {scene.area()},
                                     fewSteps(40), {}, {});
        const auto stored = models.registry.find("alps");
        QCOMPARE(stored.manifest.parent, models.parent.manifest.fingerprint);
        QCOMPARE(stored.manifest.version, 1); // the first of its name, whatever its parent is
        QVERIFY(stored.manifest.fingerprint != models.parent.manifest.fingerprint);
        QCOMPARE(stored.manifest.fingerprint, models::fileSha256(stored.weightsFile()));
        const auto& text = stored.manifest.provenance;
        for (const char* part : {"plain v3", "training scene (2020-08-20)", "40 steps", "0.02", "seed 1"}) {
            QVERIFY2(text.find(part) != std::string::npos, (text + " lacks " + part).c_str());
        }
        QVERIFY(std::abs(stored.manifest.metrics.at("learnt_iou") - result.training.measured->iouAfter) <
                1e-9);
        QCOMPARE(models::fileSha256(models.parent.weightsFile()), models.parent.manifest.fingerprint);
    }

    void aModelHasSeenSimulatedScenesOnlyUntilItLearnsFromARealOne() {
        TrainingScene scene;
        Models models(scene);
        auto parent = models.parent;
        parent.manifest.provenance = std::string("Trained. ") + std::string(models::simulatedOnlySentence);
        for (const char* sensor : {"simulated", "Landsat 8 OLI"}) {
            auto described = scene.area().scene->scene();
            described.sensor = sensor;
            auto area = scene.area();
            area.scene =
                std::make_shared<const scene::SceneReader>(described, std::make_shared<raster::ReaderPool>());
            const auto child =
                finetune(parent, models.module, models.registry, "alps", {area}, fewSteps(2), {}, {})
                    .model.manifest;
            QCOMPARE(models::isSimulatedOnly(child), sensor == std::string("simulated"));
        }
    }

    void whatWasMeasuredOnTheParentIsNotSaidOfItsChild() {
        const TrainingScene scene;
        Models models(scene);
        auto parent = models.parent;
        models::Calibration calibration;
        calibration.points = {0, 1};
        calibration.coefficients = {0.5, 1};
        parent.manifest.calibrations = {calibration};
        parent.manifest.bfloat16 = models::ReducedPrecisionCheck{1, 0, 32, "a scene", true};
        const auto child =
            finetune(parent, models.module, models.registry, "alps", {scene.area()}, fewSteps(2), {}, {})
                .model.manifest;
        for (const auto& fitted : child.calibrations) {
            QVERIFY(!(fitted == calibration));
            QVERIFY2(fitted.source.find("what it learnt from") != std::string::npos, fitted.source.c_str());
        }
        QVERIFY(!child.bfloat16.has_value());
        QVERIFY(child.strategy == models::Strategy::Finetuned);
    }

    void confidenceIsCalibratedAnewWhereSomebodyLooked() {
        const TrainingScene scene;
        Models models(scene);
        const auto child = finetune(models.parent, models.module, models.registry, "alps", {scene.area()},
                                    fewSteps(12), {}, {})
                               .model.manifest;
        QCOMPARE(child.calibrations.size(), std::size_t(1));
        const auto& calibration = child.calibrations.front();
        QVERIFY(calibration.eceAfter < calibration.eceBefore);
        QCOMPARE(calibration.pixelSize, 30.0);
        QCOMPARE(calibration.threshold, 0.5);
    }

    void aVersionKeepsItsTitleWhereItComesFromAndHowItLearnt() {
        const TrainingScene scene;
        Models models(scene);
        auto options = fewSteps(20);
        options.title = "Everest, after 37 glaciers";
        options.seed = 7;
        const auto result = finetune(models.parent, models.module, models.registry, "everest", {scene.area()},
                                     options, {}, {});
        const auto record = models::learningRecordOf(models.registry.find("everest")).value();
        QCOMPARE(record.title, options.title);
        QCOMPARE(models::titleOf(result.model), options.title);
        QCOMPARE(record.parent, std::string("plain"));
        QCOMPARE(record.parentVersion, 3);
        QCOMPARE(record.from.size(), std::size_t(1));
        QCOMPARE(record.from[0].glaciers, 1);
        QCOMPARE(record.from[0].fingerprint, fingerprintOf(scene.area()));
        QCOMPARE(record.settings.at("seed"), std::string("7"));
        QCOMPARE(record.settings.at("steps"), std::string("20"));
        QCOMPARE(record.losses.size(), std::size_t(20));
        QCOMPARE(record.measured.front().first, 0);
        QCOMPARE(record.before, result.training.measured->iouBefore);
        QCOMPARE(record.after, result.training.measured->iouAfter);
        // Of other weights it says nothing.
        auto other = result.model;
        other.manifest.fingerprint = std::string(64, '0');
        QVERIFY(!models::learningRecordOf(other));
        std::ofstream(result.model.folder / "learning.json") << "{";
        QVERIFY(errorOf([&] { models::learningRecordOf(result.model); }).find("learning.json") !=
                std::string::npos);
        QCOMPARE(models::titleOf(result.model), std::string("everest"));
    }

    void otherCorrectionsHaveAnotherFingerprintAndTheirOrderNone() {
        const TrainingScene scene;
        auto area = scene.area();
        area.glaciers.push_back(scene.pixels(5, 70, 20, 80));
        auto turned = area;
        std::swap(turned.glaciers[0], turned.glaciers[1]);
        QCOMPARE(fingerprintOf(turned), fingerprintOf(area));
        QVERIFY(fingerprintOf(area) != fingerprintOf(scene.area()));
        auto removed = area;
        removed.removed.push_back(removed.glaciers.back());
        removed.glaciers.pop_back();
        QVERIFY(fingerprintOf(removed) != fingerprintOf(area));
    }

    void versionsAreTheFamilyOfAModelTheNewestFirst() {
        const TrainingScene scene;
        Models models(scene);
        auto strange = trainingManifest();
        strange.name = "stranger";
        auto weights = FakeNetwork::freshWeights(strange.network);
        weights.at("bias").values[0] = 1;
        models.registry.store(strange, weights);
        const auto teach = [&](const models::StoredModel& parent, const char* name, std::uint64_t seed) {
            auto options = fewSteps(3);
            options.seed = seed;
            return finetune(parent, models.module, models.registry, name, {scene.area()}, options, {}, {})
                .model;
        };
        const auto first = teach(models.parent, "first", 1);
        const auto second = teach(first, "second", 2);
        const auto aside = teach(models.parent, "aside", 3);
        std::vector<std::string> names;
        for (const auto& version : models::versionsOf(first, models.registry.list())) {
            names.push_back(version.manifest.name);
        }
        std::ranges::sort(names);
        QCOMPARE(names, (std::vector<std::string>{"aside", "first", "plain", "second"}));
    }

    void aTitleBecomesANameOfTheRegistry() {
        QCOMPARE(models::nameFromTitle("Everest, after 37 glaciers"),
                 std::string("everest-after-37-glaciers"));
        QCOMPARE(models::nameFromTitle("\u00d6tztal \u2013 2nd try."), std::string("otztal-2nd-try"));
        QCOMPARE(models::nameFromTitle("\u5317"), std::string("model"));
        QCOMPARE(models::nameFromTitle("v1.2_b"), std::string("v1.2_b"));
    }

    void aModelWithALocationIsFineTunedLikeAnyOther() {
        for (const int location : {12, 4}) {
            const TrainingScene scene;
            Models models(scene);
            auto parent = models.parent;
            parent.manifest.network.location = location;
            parent.manifest.strategy =
                location == 12 ? models::Strategy::RegionEncoding : models::Strategy::CoordinateEncoding;
            models::writeSafetensors(FakeNetwork::freshWeights(parent.manifest.network), {},
                                     parent.weightsFile());
            parent.manifest.fingerprint = models::fileSha256(parent.weightsFile());
            const auto child = finetune(parent, models.module, models.registry, "alps", {scene.area()},
                                        fewSteps(40), {}, {});
            QVERIFY(child.training.measured->iouAfter > child.training.measured->iouBefore + 0.5);
            QVERIFY(child.model.manifest.strategy == parent.manifest.strategy);
            QCOMPARE(child.model.manifest.network.location, location);
        }
    }

    void theFocalLossIsThePublishedOneUnlessItIsSaidOtherwise() {
        QCOMPARE(TrainingOptions().focalGamma, 2.0);
        QCOMPARE(models::LearnOptions().focalGamma, 2.0);
        const TrainingScene scene;
        Models models(scene);
        auto options = fewSteps(1);
        const auto saidWith = [&](double gamma) {
            options.focalGamma = gamma;
            return finetune(models.parent, models.module, models.registry, "alps", {scene.area()}, options,
                            {}, {})
                .model.manifest.provenance;
        };
        QVERIFY(saidWith(2).find("focal loss of gamma 2,") != std::string::npos);
        QVERIFY(saidWith(1).find("gamma 1 (published: 2)") != std::string::npos);
        options.focalGamma = -1;
        QVERIFY_EXCEPTION_THROWN(saidWith(-1), Error);
    }

    void aModelThatCannotBeKeptIsRefusedBeforeItLearns() {
        const TrainingScene scene;
        Models models(scene);
        std::ofstream(scene.path("file")) << "no folder";
        auto options = fewSteps(3);
        int steps = 0;
        options.onStep = [&](int, double) { ++steps; };
        const auto message = errorOf([&] {
            finetune(models.parent, models.module, models.registry, scene.path("file") + "/alps",
                     {scene.area()}, options, {}, {});
        });
        QVERIFY2(message.find("cannot be made or written") != std::string::npos, message.c_str());
        QCOMPARE(steps, 0);
    }

    void aNameThatIsAPathPutsTheModelThere() {
        const TrainingScene scene;
        Models models(scene);
        const auto folder = std::filesystem::path(scene.path("elsewhere"));
        std::filesystem::create_directories(folder);
        finetune(models.parent, models.module, models.registry, (folder / "alps").string() + "/",
                 {scene.area()}, fewSteps(3), {}, {});
        QVERIFY(std::filesystem::exists(folder / "alps" / "model.json"));
        QVERIFY(std::filesystem::exists(folder / "alps" / "weights.safetensors"));
    }

    void cancellingStoresNothing() {
        const TrainingScene scene;
        Models models(scene);
        std::stop_source stop;
        auto options = fewSteps(100);
        options.onStep = [&](int step, double) {
            if (step == 5) {
                stop.request_stop();
            }
        };
        QVERIFY_EXCEPTION_THROWN(finetune(models.parent, models.module, models.registry, "alps",
                                          {scene.area()}, options, {}, {{}, stop.get_token()}),
                                 Cancelled);
        QCOMPARE(models.registry.list().size(), std::size_t(1));
    }

    void missingBandsAreNamed() {
        const TrainingScene scene;
        auto manifest = trainingManifest();
        manifest.network.features[0].bands = {"blue", "swir1"};
        FakeNetwork network(manifest.network);
        const auto message = errorOf([&] { train(network, manifest, {scene.area()}, fewSteps(1), {}); });
        QVERIFY2(message.find("swir1") != std::string::npos, message.c_str());
    }

    void thereMustBeSomethingToLearnFrom() {
        const TrainingScene scene;
        FakeNetwork network(trainingManifest().network);
        QVERIFY(errorOf([&] {
                    train(network, trainingManifest(), {}, fewSteps(1), {});
                }).find("nothing to learn from") != std::string::npos);
        auto area = scene.area();
        area.glaciers = {scene.pixels(500, 500, 600, 600)};
        QVERIFY(errorOf([&] {
                    train(network, trainingManifest(), {area}, fewSteps(1), {});
                }).find("no outline") != std::string::npos);
        auto options = fewSteps(0);
        QVERIFY(!errorOf([&] { train(network, trainingManifest(), {scene.area()}, options, {}); }).empty());
        options = fewSteps(1);
        options.rate = -1;
        QVERIFY(!errorOf([&] { train(network, trainingManifest(), {scene.area()}, options, {}); }).empty());
    }

    void anExpertLookedAroundTheirCorrections() {
        const TrainingScene scene;
        const auto shape = scene.pixels(10, 10, 20, 20);
        const auto around = lookedAtAround({shape, scene.pixels(60, 10, 70, 20)}, 90);
        QCOMPARE(around.size(), std::size_t(2));
        const auto near = scene.grid.toMap(8, 15);
        const auto far = scene.grid.toMap(6, 15);
        QVERIFY(geo::contains(around, near));
        QVERIFY(!geo::contains(around, far));
    }
};

QTEST_GUILESS_MAIN(TrainingTest)
#include "training_test.moc"
