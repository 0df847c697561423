// SPDX-License-Identifier: GPL-3.0-or-later
// A place that is simulated in several weathers.
#include "exchange/outline_files.h"
#include "ranking/rank_scenes.h"
#include "scene/simulate.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace nunatak;
using namespace nunatak::ranking;

class RankingSeriesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    EarlierOutlines m_outlines;
    std::shared_ptr<raster::ReaderPool> m_pool = std::make_shared<raster::ReaderPool>();

    scene::Simulation simulate(const char* name,
                               const std::function<void(scene::SimulationOptions&)>& change) {
        scene::SimulationOptions options;
        options.seed = 3;
        options.columns = 256;
        options.rows = 256;
        options.features = {"optical", "dem", "quality"};
        options.snowLine = 0.95;
        change(options);
        return scene::simulate(options, m_folder.filePath(name).toStdString());
    }
    RankedScene rank(const std::filesystem::path& sceneJson, const std::string& name) const {
        const scene::SceneReader reader(scene::loadScene(sceneJson), m_pool);
        auto ranked = rankScene(reader.scene(), conditionMap(reader), m_outlines);
        ranked.name = name;
        return ranked;
    }

    std::vector<RankedScene> m_scenes;
    const RankedScene& scene(const std::string& name) const {
        return *std::find_if(m_scenes.begin(), m_scenes.end(), [&](const auto& s) { return s.name == name; });
    }

private Q_SLOTS:
    void initTestCase() {
        raster::initialiseGdal();
        const auto clear = simulate("clear", [](auto& options) { options.retreats = {150}; });
        m_outlines.crs = scene::loadScene(clear.sceneJson).grid.crs;
        for (auto& outline : exchange::readOutlines(clear.truth, m_outlines.crs).outlines) {
            m_outlines.glaciers.push_back(outlines::share(std::move(outline)));
        }
        m_scenes = {rank(clear.sceneJson, "clear"), rank(clear.later.front(), "after the retreat")};
        const std::pair<const char*, std::function<void(scene::SimulationOptions&)>> weathers[] = {
            {"some cloud", [](auto& options) { options.cloud = 0.25; }},
            {"much cloud", [](auto& options) { options.cloud = 0.7; }},
            {"some snow", [](auto& options) { options.snowLine = 0.6; }},
            {"all snow", [](auto& options) { options.snowLine = 0; }},
            {"low sun", [](auto& options) { options.date = "2020-12-10"; }}};
        for (const auto& [name, change] : weathers) {
            m_scenes.push_back(rank(simulate(name, change).sceneJson, name));
        }
    }

    void cloudGrowsWithCloudAndNothingElseDoes() {
        QCOMPARE(scene("clear").conditions().cloud.value(), 0.0);
        QVERIFY(scene("some cloud").conditions().cloud.value() > 0.02);
        QVERIFY(scene("much cloud").conditions().cloud.value() >
                scene("some cloud").conditions().cloud.value());
        // Two thirds of the simulator's clouds are thick ones, and the mask calls cloud what is not just an
        // edge.
        const double flagged = scene("much cloud").scene.cloud.value();
        QVERIFY2(flagged > 0.3 && flagged < 0.7 * 0.65, qPrintable(QString::number(flagged)));
        QCOMPARE(scene("much cloud").conditions().shadow, scene("clear").conditions().shadow);
        QCOMPARE(scene("some snow").conditions().cloud.value(), 0.0);
    }

    void snowGrowsAsTheSnowLineFalls() {
        const double clear = scene("clear").conditions().snow.value();
        const double some = scene("some snow").conditions().snow.value();
        const double all = scene("all snow").conditions().snow.value();
        QVERIFY2(clear < 0.1, qPrintable(QString::number(clear)));
        QVERIFY2(some > clear + 0.1, qPrintable(QString::number(some)));
        QVERIFY2(all > some + 0.2, qPrintable(QString::number(all)));
    }

    void shadowGrowsAsTheSunSinks() {
        QVERIFY(scene("low sun").sun->elevation < scene("clear").sun->elevation - 20);
        QVERIFY(scene("low sun").scene.shadow.value() > scene("clear").scene.shadow.value() + 0.2);
        QCOMPARE(scene("low sun").dayOfYear.value(), 345);
    }

    void shadowedGroundIsDarkInThePicture() {
        // The simulator follows rays through its own relief; the ranking sweeps the elevation model.
        const scene::SceneReader reader(
            scene::loadScene(m_folder.filePath("low sun").toStdString() + "/scene.json"), m_pool);
        const auto map = conditionMap(reader);
        const auto pixels = reader.read("optical", {"nir"}, map.grid);
        double dark = 0;
        double lit = 0;
        int darkCount = 0;
        int litCount = 0;
        for (std::size_t i = 0; i < map.bits.bandSize(); ++i) {
            const bool shaded = (map.bits.values()[i] & Shadow) != 0;
            (shaded ? dark : lit) += pixels.values()[i];
            ++(shaded ? darkCount : litCount);
        }
        QVERIFY(darkCount > 5000 && litCount > 5000);
        QVERIFY2(dark / darkCount < 0.4 * lit / litCount,
                 qPrintable(QString("%1 %2").arg(dark / darkCount).arg(lit / litCount)));
    }

    void theClearestSceneComesFirst() {
        auto scenes = m_scenes;
        sort(scenes, Column::Score);
        QVERIFY(scenes[0].name == "clear" || scenes[0].name == "after the retreat");
        QVERIFY(scenes[1].name == "clear" || scenes[1].name == "after the retreat");
        sort(scenes, Column::Snow);
        QCOMPARE(scenes.back().name, std::string("all snow"));
        sort(scenes, Column::Cloud);
        QCOMPARE(scenes.back().name, std::string("much cloud"));
        const auto score = [&](const char* name) { return scene(name).conditions().score().value(); };
        QVERIFY(score("some cloud") > score("much cloud"));
        QVERIFY(score("some snow") > score("all snow"));
    }

    void glaciersKeepTheirIdentitiesThroughTheSeries() {
        const auto& first = scene("clear").glaciers.glaciers;
        const auto& later = scene("after the retreat").glaciers.glaciers;
        QVERIFY(first.size() > 10);
        QCOMPARE(later.size(), first.size());
        for (std::size_t i = 0; i < first.size(); ++i) {
            QCOMPARE(later[i].uuid, first[i].uuid);
            QCOMPARE(later[i].area, first[i].area); // the earlier outlines are the same ones
            QCOMPARE(later[i].conditions.covered.value(), 1.0);
        }
    }
};

QTEST_GUILESS_MAIN(RankingSeriesTest)
#include "ranking_series_test.moc"
