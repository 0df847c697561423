// SPDX-License-Identifier: GPL-3.0-or-later
// A training that is watched, interrupted and gone on with, and one that runs out of memory.
#include "base/out_of_memory.h"
#include "training_fixture.h"

#include <QtTest>

#include <cmath>

using namespace nunatak;
using namespace nunatak::training;
using namespace nunatak::tests;

namespace {

/// Keeps the state of one step, and ends there if it shall.
class KeptAt final : public Course {
public:
    explicit KeptAt(int step, bool ends = false) : m_step(step), m_ends(ends) {}

    std::optional<TrainingState> begin() override { return from; }
    bool wantsState(int step) override { return step == m_step; }
    void keep(const TrainingState& now) override {
        state = now;
        if (m_ends) {
            throw Cancelled();
        }
    }
    void measured(const MeasuredAt& at) override { iou.push_back(at); }
    void examples(const std::vector<Example>& now) override { shown.push_back(now); }
    void note(const std::string& sentence) override { notes.push_back(sentence); }

    std::optional<TrainingState> from;
    std::optional<TrainingState> state;
    std::vector<MeasuredAt> iou;
    std::vector<std::vector<Example>> shown;
    std::vector<std::string> notes;

private:
    int m_step;
    bool m_ends;
};

/// A network that takes so many tiles at once and no more.
class SmallMemory final : public models::Network {
public:
    SmallMemory(models::NetworkSpec spec, int most) : m_network(std::move(spec)), m_most(most) {}

    const models::NetworkSpec& spec() const override { return m_network.spec(); }
    std::future<models::Tensor> predict(models::FeatureBatch batch, std::stop_token stop) override {
        return m_network.predict(std::move(batch), std::move(stop));
    }
    std::future<models::Tensor> activations(models::FeatureBatch batch, std::stop_token stop) override {
        return m_network.activations(std::move(batch), std::move(stop));
    }
    models::LearnResult learn(const models::LearnBatch& batch, const models::LearnOptions& options,
                              std::stop_token stop) override {
        if (batch.weights.shape[0] > m_most) {
            throw OutOfMemory("There is not enough memory for the network.");
        }
        applied += options.apply ? 1 : 0;
        return m_network.learn(batch, options, std::move(stop));
    }
    models::LocationEntropy locationEntropy(models::FeatureBatch batch, models::Tensor weights,
                                            std::stop_token stop) override {
        return m_network.locationEntropy(std::move(batch), std::move(weights), std::move(stop));
    }
    models::NamedTensors weights() const override { return m_network.weights(); }
    models::NamedTensors averagedWeights() const override { return m_network.averagedWeights(); }
    models::NamedTensors state() const override { return m_network.state(); }
    void restore(const models::NamedTensors& state) override { m_network.restore(state); }

    int applied = 0;

private:
    FakeNetwork m_network;
    int m_most;
};

} // namespace

class CourseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasInterruptedEndsAsIfItHadNeverBeen() {
        const TrainingScene scene;
        auto options = fewSteps(30);
        options.augment = true;
        FakeNetwork whole(trainingManifest().network);
        const auto once = train(whole, trainingManifest(), {scene.area()}, options, {});

        KeptAt stopped(13, true);
        options.course = &stopped;
        FakeNetwork first(trainingManifest().network);
        QVERIFY_EXCEPTION_THROWN(train(first, trainingManifest(), {scene.area()}, options, {}), Cancelled);
        QCOMPARE(stopped.state->step, 13);

        KeptAt goneOn(0);
        goneOn.from = stopped.state;
        options.course = &goneOn;
        FakeNetwork second(trainingManifest().network);
        const auto after = train(second, trainingManifest(), {scene.area()}, options, {});
        QCOMPARE(after.losses, once.losses);
        QVERIFY(second.weights() == whole.weights());
        QCOMPARE(after.measured->iouBefore, once.measured->iouBefore);
        QCOMPARE(after.measured->iouAfter, once.measured->iouAfter);
        QVERIFY(after.course == once.course);
    }

    void keepingHowFarItCameChangesNothingOfIt() {
        const TrainingScene scene;
        auto options = fewSteps(10);
        FakeNetwork plain(trainingManifest().network);
        train(plain, trainingManifest(), {scene.area()}, options, {});
        KeptAt watched(4);
        options.course = &watched;
        FakeNetwork network(trainingManifest().network);
        train(network, trainingManifest(), {scene.area()}, options, {});
        QVERIFY(network.weights() == plain.weights());
    }

    void examplesShowWhatWasSaidAndWhatTheModelSaysBeforeAndNow() {
        const TrainingScene scene;
        KeptAt watched(0);
        auto options = fewSteps(60);
        options.course = &watched;
        FakeNetwork network(trainingManifest().network);
        train(network, trainingManifest(), {scene.area()}, options, {});
        QVERIFY(watched.shown.size() >= 2);
        const auto& tiles = watched.shown.back();
        QVERIFY(!tiles.empty());
        int iceBefore = 0, iceNow = 0, ice = 0;
        for (const auto& tile : tiles) {
            QCOMPARE(tile.picture.rows(), 32);
            QCOMPARE(tile.pixelSize, 30.0);
            for (std::size_t i = 0; i < tile.said.values().size(); ++i) {
                if (tile.said.values()[i] > 0.5F) {
                    ++ice;
                    iceBefore += tile.before.values()[i] > 0.5F ? 1 : 0;
                    iceNow += tile.now.values()[i] > 0.5F ? 1 : 0;
                }
            }
        }
        QVERIFY(ice > 50);
        QVERIFY(iceBefore < ice / 5);
        QVERIFY(iceNow > ice * 4 / 5);
        QCOMPARE(watched.iou.front().step, 0);
        QVERIFY(watched.iou.back().iou > watched.iou.front().iou);
    }

    void aBatchThatTheMemoryDoesNotHoldIsHalvedAndSaid() {
        const TrainingScene scene;
        KeptAt watched(0);
        auto options = fewSteps(20);
        options.batch = 8;
        options.course = &watched;
        SmallMemory network(trainingManifest().network, 2);
        const auto result = train(network, trainingManifest(), {scene.area()}, options, {});
        QCOMPARE(result.losses.size(), std::size_t(20));
        QCOMPARE(network.applied, 20);                  // as many steps as asked for, each of eight tiles
        QCOMPARE(watched.notes.size(), std::size_t(2)); // 8 to 4, 4 to 2
        QVERIFY2(watched.notes.back().find("2 tiles at a time") != std::string::npos,
                 watched.notes.back().c_str());
        SmallMemory tiny(trainingManifest().network, 0);
        QVERIFY_EXCEPTION_THROWN(train(tiny, trainingManifest(), {scene.area()}, options, {}), OutOfMemory);
    }
};

QTEST_GUILESS_MAIN(CourseTest)
#include "course_test.moc"
