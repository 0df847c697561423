// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "prediction/precision_check.h"
#include "small_scene.h"

#include <fstream>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;
using models::Precision;
using tests::FakeNetwork;
using tests::SmallScene;

namespace {

constexpr float noData = std::numeric_limits<float>::quiet_NaN();

/// Its bf16 is another network by a shift of the logit; it counts how often it was asked for one.
class RoundingModule final : public models::ModelsModule {
public:
    explicit RoundingModule(float shift, Precision fastest = Precision::BFloat16)
        : m_shift(shift), m_fastest(fastest) {}
    int opened = 0;

    std::string description() const override { return "rounds"; }
    Precision fastestPrecision(const std::string&) const override { return m_fastest; }
    std::unique_ptr<models::Network> open(const models::NetworkSpec& spec,
                                          const models::NamedTensors& weights,
                                          const models::DeviceOptions& device) override {
        ++opened;
        auto rounded = weights;
        if (device.precision == Precision::BFloat16) {
            rounded["bias"].values.front() += m_shift;
        }
        auto network = std::make_unique<FakeNetwork>(spec);
        network->restore(rounded);
        return network;
    }
    std::unique_ptr<models::Network> create(const models::NetworkSpec& spec, std::uint64_t,
                                            const models::DeviceOptions&) override {
        return std::make_unique<FakeNetwork>(spec);
    }

private:
    float m_shift;
    Precision m_fastest;
};

/// Ice in the south, fading out northwards.
float fading(int row, int) {
    return 0.3013F + 0.005F * static_cast<float>(row); // nowhere exactly at the threshold
}

Image<float> image(int rows, int columns, const std::function<float(int, int)>& value) {
    Image<float> made(1, rows, columns);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            made.at(0, row, column) = value(row, column);
        }
    }
    return made;
}

} // namespace

class PrecisionCheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalOutlinesAllowBf16() {
        const SmallScene scene(fading);
        RoundingModule module(1e-4F);
        const auto check = checkPrecision(module, scene.model(0), scene.reader(), {}, {}, {});
        QVERIFY(check);
        QVERIFY(check->allowed);
        QVERIFY(check->outlinesIou > 0.9999);
        QCOMPARE(check->tiles, 32);
        QCOMPARE(check->source, std::string("small scene"));
        QCOMPARE(module.opened, 2);
    }

    void otherOutlinesForbidIt() {
        const SmallScene scene(fading);
        RoundingModule module(0.25F); // moves the edge of the ice by two or three rows
        const auto check = checkPrecision(module, scene.model(0), scene.reader(), {}, {}, {});
        QVERIFY(check);
        QVERIFY(!check->allowed);
        QVERIFY(check->outlinesIou < 0.99);
        QVERIFY(check->outlinesIou > 0.5);
    }

    void aSceneWithoutIceSaysNothing() {
        const SmallScene scene([](int, int) { return 0.1F; });
        RoundingModule module(0.25F);
        QVERIFY(!checkPrecision(module, scene.model(0), scene.reader(), {}, {}, {}));
    }

    void aModelWithALocationIsCheckedWhereItIsUsed() {
        const SmallScene scene(fading);
        RoundingModule module(1e-4F);
        const auto regions = scene.model(12, {0.5F, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        const std::vector<float> first{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        QVERIFY(checkPrecision(module, regions, scene.reader(), {}, first, {})->allowed);
        QVERIFY_EXCEPTION_THROWN(checkPrecision(module, regions, scene.reader(), {}, {}, {}), Error);
        // Coordinates are each tile's own.
        const auto coordinates = scene.model(4, {0.5F, 0, 0, 0});
        QVERIFY(checkPrecision(module, coordinates, scene.reader(), {}, {}, {})->allowed);
    }

    void theIouCountsPixelsOfBoth() {
        PrecisionComparison comparison;
        // 40 and 45 rows of 50 pixels; the missing pixel of the first stays out of it.
        const auto a = image(60, 50, [](int row, int) { return row < 40 ? 0.9F : 0.1F; });
        auto b = image(60, 50, [](int row, int) { return row < 45 ? 0.9F : 0.1F; });
        comparison.add(a, b);
        const auto check = comparison.check("test");
        QVERIFY(check);
        QVERIFY(std::abs(check->outlinesIou - 40.0 / 45) < 1e-12);
        QCOMPARE(check->calibrationShift, 0.0);
        QVERIFY_EXCEPTION_THROWN(comparison.add(a, Image<float>(1, 2, 2)), Error);
    }

    void aCalibrationThatMovesForbidsBf16ThoughOutlinesAgree() {
        const auto float32 = image(60, 50, [](int row, int) { return row < 40 ? 0.95F : 0.05F; });
        Image<std::uint8_t> truth(1, 60, 50);
        for (int row = 0; row < 60; ++row) {
            for (int column = 0; column < 50; ++column) {
                // Right nearly everywhere; the outermost row was not looked at.
                truth.at(0, row, column) = row == 59 ? 255 : (row < 40 && column > 1 ? 1 : 0);
            }
        }
        PrecisionComparison same;
        same.add(float32, float32, truth);
        QVERIFY(same.check("test")->allowed);
        QCOMPARE(same.check("test")->calibrationShift, 0.0);
        // The same classes, but unsure where it is wrong: what is sure now is right more often.
        const auto unsure =
            image(60, 50, [](int row, int column) { return row < 40 ? (column > 1 ? 0.95F : 0.6F) : 0.05F; });
        PrecisionComparison moved;
        moved.add(float32, unsure, truth);
        const auto check = moved.check("test");
        QVERIFY(std::abs(check->outlinesIou - 1) < 1e-12);
        QVERIFY(check->calibrationShift > 0.002);
        QVERIFY(!check->allowed);
    }

    void theFindingIsKeptByTheWeightsAndFoundAgain() {
        const SmallScene scene(fading);
        const auto user = scene.path("user");
        RoundingModule module(1e-4F);
        const auto checked = withPrecisionCheck(scene.model(0), module, scene.reader(), {}, {}, user, {});
        QVERIFY(checked.manifest.bfloat16 && checked.manifest.bfloat16->allowed);
        QCOMPARE(module.opened, 2);
        const auto again = withPrecisionCheck(scene.model(0), module, scene.reader(), {}, {}, user, {});
        QCOMPARE(module.opened, 2);
        QVERIFY(again.manifest.bfloat16 == checked.manifest.bfloat16);
        // Other weights are another model.
        withPrecisionCheck(scene.model(4), module, scene.reader(), {}, {1, 0, 0, 0}, user, {});
        QCOMPARE(module.opened, 4);
        // It does not show up among the models.
        QVERIFY(models::Registry({}, user).list().empty());
    }

    void aDamagedMemoryIsCheckedAgain() {
        const SmallScene scene(fading);
        const auto user = scene.path("user");
        RoundingModule module(1e-4F);
        const auto model = withPrecisionCheck(scene.model(0), module, scene.reader(), {}, {}, user, {});
        const auto file = user / ".checks" / (model.manifest.fingerprint + ".json");
        QVERIFY(std::filesystem::exists(file));
        std::ofstream(file) << "{\"outlines_iou\": \"one\"}";
        const auto again = withPrecisionCheck(scene.model(0), module, scene.reader(), {}, {}, user, {});
        QCOMPARE(module.opened, 4);
        QVERIFY(again.manifest.bfloat16 == model.manifest.bfloat16);
    }

    void nothingIsCheckedWhereBf16IsNotFaster() {
        const SmallScene scene(fading);
        RoundingModule module(1e-4F, Precision::Float32);
        const auto model =
            withPrecisionCheck(scene.model(0), module, scene.reader(), {}, {}, scene.path("user"), {});
        QVERIFY(!model.manifest.bfloat16);
        QCOMPARE(module.opened, 0);
    }

    void autoTakesBf16OnlyWhereItIsFasterAndAllowed() {
        RoundingModule fast(0);
        RoundingModule slow(0, Precision::Float32);
        RoundingModule gpu(0, Precision::Float16);
        models::Manifest model;
        QCOMPARE(precisionFor(model, fast, "cpu", "auto"), Precision::Float32);
        model.bfloat16 = models::ReducedPrecisionCheck{0.9, 0, 32, "", false};
        QCOMPARE(precisionFor(model, fast, "cpu", "auto"), Precision::Float32);
        QCOMPARE(precisionFor(model, fast, "cpu", "bf16"), Precision::BFloat16);
        model.bfloat16->allowed = true;
        QCOMPARE(precisionFor(model, fast, "cpu", "auto"), Precision::BFloat16);
        QCOMPARE(precisionFor(model, gpu, "cuda", "auto"), Precision::BFloat16);
        QCOMPARE(precisionFor(model, gpu, "cuda", "fp16"), Precision::Float16);
        QCOMPARE(precisionFor(model, slow, "cpu", "auto"), Precision::Float32);
        QCOMPARE(precisionFor(model, fast, "cpu", "float32"), Precision::Float32);
        QVERIFY_EXCEPTION_THROWN(precisionFor(model, fast, "cpu", "fp16"), Error);
        QVERIFY_EXCEPTION_THROWN(precisionFor(model, fast, "cpu", "int8"), Error);
    }

    void pixelsWithoutDataAreLeftOut() {
        PrecisionComparison comparison;
        const auto half = [](float there) {
            return image(60, 50, [there](int row, int) { return row < 30 ? 0.9F : there; });
        };
        comparison.add(half(noData), half(noData));
        QVERIFY(std::abs(comparison.check("test")->outlinesIou - 1) < 1e-12);
    }
};

QTEST_GUILESS_MAIN(PrecisionCheckTest)
#include "precision_check_test.moc"
