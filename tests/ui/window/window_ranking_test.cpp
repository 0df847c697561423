// SPDX-License-Identifier: GPL-3.0-or-later
// Which date? A project with a clear, a cloudy and a snowy scene of one place, and what the window tells of
// them.
#include "window_fixture.h"

#include "exchange/outline_files.h"
#include "ranking/rank_scenes.h"
#include "scene/simulate.h"
#include "ui/scenes/scene_table.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QPushButton>
#include <QStatusBar>
#include <QTableView>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

QString cell(const QTableView* view, int row, int column) {
    return view->model()->index(row, column).data().toString();
}

QStringList columnTexts(const QTableView* view, int column) {
    QStringList texts;
    for (int row = 0; row < view->model()->rowCount(); ++row) {
        texts << cell(view, row, column);
    }
    return texts;
}

void clickHeader(const QTableView* view, int column) {
    const auto* header = view->horizontalHeader();
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                      QPoint(header->sectionViewportPosition(column) + header->sectionSize(column) / 2,
                             header->height() / 2));
}

void clickRow(QTableView* view, int row) {
    const auto index = view->model()->index(row, ui::scenes::SceneTable::Scene);
    view->scrollTo(index);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
}

} // namespace

class WindowRankingTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;
    std::vector<scene::Scene> m_scenes; // clear, cloudy, snowy
    std::vector<outlines::Outline> m_glaciers;

    scene::Scene simulated(const char* name, const std::function<void(scene::SimulationOptions&)>& change) {
        scene::SimulationOptions options;
        options.seed = 3;
        options.columns = 160;
        options.rows = 128;
        options.features = {"optical", "dem", "quality"};
        options.snowLine = 0.95;
        change(options);
        auto scene = scene::loadScene(scene::simulate(options, m_fixture.path(name)).sceneJson);
        scene.id = outlines::makeUuid();
        scene.name = name;
        return scene;
    }
    std::string makeProject(const char* name, const std::vector<scene::Scene>& scenes) const {
        auto project = project::Project::create(m_fixture.path(name), scenes[0].grid.crs);
        for (const auto& scene : scenes) {
            project->addScene(scene);
        }
        project->importOutlines({"expert", outlines::LayerKind::Expert, {}, "2020-08-20"}, m_glaciers);
        project->flush();
        return m_fixture.path(name);
    }
    std::unique_ptr<ui::window::MainWindow> openWindow(const char* name) {
        auto window = m_fixture.openWindow(makeProject(name, m_scenes));
        if (window != nullptr) {
            window->viewport()->frame(m_scenes[0].grid.extent(), false);
            window->viewport()->grabFramebuffer();
        }
        return window;
    }
    static bool settles(ui::window::MainWindow& window) {
        return QTest::qWaitFor([&] { return window.isIdle(); }, 30000);
    }
    static bool ranks(ui::window::MainWindow& window) {
        QTest::keyClick(&window, Qt::Key_F8);
        return settles(window);
    }
    /// A point within a glacier, far from its edge as far as there is one.
    geo::Point inside(const outlines::Outline& glacier) const {
        const auto extent = geo::extentOf(glacier.geometry);
        for (int i = 1; i < 40; ++i) {
            for (int k = 1; k < 40; ++k) {
                const geo::Point point{extent.xmin + extent.width() * i / 40,
                                       extent.ymin + extent.height() * k / 40};
                if (geo::contains(glacier.geometry, point)) {
                    return point;
                }
            }
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale::c());
        m_scenes = {simulated("clear", [](auto& options) { options.date = "2020-08-20"; }),
                    simulated("cloudy",
                              [](auto& options) {
                                  options.date = "2021-08-20";
                                  options.cloud = 0.6;
                              }),
                    simulated("snowy", [](auto& options) {
                        options.date = "2022-10-15";
                        options.snowLine = 0;
                    })};
        const auto truth = m_fixture.path("clear") + "/outlines.gpkg";
        m_glaciers = exchange::readOutlines(truth, m_scenes[0].grid.crs).outlines;
        QVERIFY(m_glaciers.size() > 3);
    }

    void aKeyRanksTheScenesBestFirst() {
        const auto window = openWindow("ranked.gpkg");
        QVERIFY(window);
        auto* dock = part<QDockWidget>(window.get(), "sceneDock");
        QVERIFY(!dock->isVisible());
        QVERIFY(ranks(*window));
        QVERIFY(dock->isVisible());
        auto* view = part<QTableView>(window.get(), "scenes");
        QCOMPARE(cell(view, 0, ui::scenes::SceneTable::Date), "2020-08-20");
        QVERIFY(part<QLabel>(window.get(), "rankingSummary")->text().contains("2020-08-20"));
        // What is shown is what is measured.
        ranking::EarlierOutlines outlines{m_scenes[0].grid.crs, {}};
        for (const auto& glacier : m_glaciers) {
            outlines.glaciers.push_back(outlines::share(glacier));
        }
        const scene::SceneReader reader(m_scenes[1], std::make_shared<raster::ReaderPool>());
        const auto cloudy = ranking::rankScene(m_scenes[1], ranking::conditionMap(reader), outlines);
        const int row = static_cast<int>(columnTexts(view, ui::scenes::SceneTable::Scene).indexOf("cloudy"));
        QVERIFY(row > 0);
        QCOMPARE(cell(view, row, ui::scenes::SceneTable::Cloud),
                 QString::number(100 * cloudy.conditions().cloud.value(), 'f', 1) + " %");
        QCOMPARE(cell(view, row, ui::scenes::SceneTable::Score),
                 QString::number(cloudy.conditions().score().value(), 'f', 2));
        QCOMPARE(cell(view, row, ui::scenes::SceneTable::Day), "232");
        QVERIFY(closed(*window));
    }

    void aClickOnAColumnSortsByItAndTheUnknownStaysLast() {
        auto scenes = m_scenes;
        // The clear one without its mask: its cloud is unknown.
        std::erase_if(scenes[0].rasters, [](const auto& raster) { return raster.feature == "quality"; });
        const auto window = m_fixture.openWindow(makeProject("sorted.gpkg", scenes));
        QVERIFY(window);
        QVERIFY(ranks(*window));
        auto* view = part<QTableView>(window.get(), "scenes");
        QVERIFY(columnTexts(view, ui::scenes::SceneTable::Score).filter("≤").size() == 1);
        clickHeader(view, ui::scenes::SceneTable::Cloud);
        QCOMPARE(columnTexts(view, ui::scenes::SceneTable::Scene), QStringList({"snowy", "cloudy", "clear"}));
        QCOMPARE(cell(view, 2, ui::scenes::SceneTable::Cloud), "unknown");
        clickHeader(view, ui::scenes::SceneTable::Cloud);
        QCOMPARE(columnTexts(view, ui::scenes::SceneTable::Scene), QStringList({"cloudy", "snowy", "clear"}));
        clickHeader(view, ui::scenes::SceneTable::Day);
        QCOMPARE(columnTexts(view, ui::scenes::SceneTable::Day), QStringList({"232", "233", "288"}));
        QVERIFY(closed(*window));
    }

    void aClickOnARowShowsItsScene() {
        const auto window = openWindow("shown.gpkg");
        QVERIFY(window);
        QVERIFY(ranks(*window));
        auto* view = part<QTableView>(window.get(), "scenes");
        const int row = static_cast<int>(columnTexts(view, ui::scenes::SceneTable::Scene).indexOf("cloudy"));
        QVERIFY(window->viewport()->terrain()->sceneId != m_scenes[1].id);
        clickRow(view, row);
        QVERIFY(settles(*window));
        QCOMPARE(window->viewport()->terrain()->sceneId, m_scenes[1].id);
        // It is marked, and what was measured is still there.
        QVERIFY(view->model()->index(row, 0).data(Qt::FontRole).value<QFont>().bold());
        QVERIFY(cell(view, row, ui::scenes::SceneTable::Cloud).endsWith(" %"));
        QVERIFY(closed(*window));
    }

    void theSelectedGlaciersValuesAreShownWhenAskedFor() {
        const auto window = openWindow("glacier.gpkg");
        QVERIFY(window);
        QVERIFY(ranks(*window));
        auto* alone = part<QCheckBox>(window.get(), "rankingGlacier");
        QVERIFY(!alone->isEnabled());
        const auto largest =
            std::max_element(m_glaciers.begin(), m_glaciers.end(), [](const auto& a, const auto& b) {
                return geo::extentOf(a.geometry).width() < geo::extentOf(b.geometry).width();
            });
        window->viewport()->frame(m_scenes[0].grid.extent(), false);
        window->viewport()->grabFramebuffer();
        clickAt(*window, inside(*largest));
        QVERIFY(settles(*window));
        QVERIFY(alone->isEnabled());
        QVERIFY(alone->text().contains(QString::fromStdString(largest->name)));
        auto* view = part<QTableView>(window.get(), "scenes");
        const int row = static_cast<int>(columnTexts(view, ui::scenes::SceneTable::Scene).indexOf("snowy"));
        const auto together = cell(view, row, ui::scenes::SceneTable::Shadow);
        QTest::mouseClick(alone, Qt::LeftButton, {}, QPoint(8, alone->height() / 2));
        QVERIFY(alone->isChecked());
        ranking::EarlierOutlines outlines{m_scenes[0].grid.crs, {}};
        for (const auto& glacier : m_glaciers) {
            outlines.glaciers.push_back(outlines::share(glacier));
        }
        const scene::SceneReader reader(m_scenes[2], std::make_shared<raster::ReaderPool>());
        const auto measured = ranking::measure(ranking::conditionMap(reader), outlines);
        const auto expected =
            std::find_if(measured.glaciers.begin(), measured.glaciers.end(),
                         [&](const auto& glacier) { return glacier.uuid == largest->uuid; });
        const int now = static_cast<int>(columnTexts(view, ui::scenes::SceneTable::Scene).indexOf("snowy"));
        QCOMPARE(cell(view, now, ui::scenes::SceneTable::Shadow),
                 QString::number(100 * expected->conditions.shadow.value(), 'f', 1) + " %");
        QVERIFY(cell(view, now, ui::scenes::SceneTable::Shadow) != together);
        QVERIFY(closed(*window));
    }

    void scenesHaveSmallPicturesThatAreKept() {
        const auto file = makeProject("pictures.gpkg", m_scenes);
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            auto* view = part<QTableView>(window.get(), "scenes");
            const auto picture = [&](int row) {
                return view->model()
                    ->index(row, ui::scenes::SceneTable::Date)
                    .data(Qt::DecorationRole)
                    .value<QPixmap>();
            };
            part<QDockWidget>(window.get(), "sceneDock")->show();
            QVERIFY(QTest::qWaitFor([&] { return !picture(0).isNull() && !picture(2).isNull(); }, 20000));
            // Three dates, three pictures.
            QVERIFY(picture(0).toImage() != picture(1).toImage());
            QVERIFY(picture(1).toImage() != picture(2).toImage());
            QVERIFY(closed(*window));
        }
        QCOMPARE(QDir(m_fixture.qpath("pictures.files/thumbnails")).entryList({"*.png"}).size(), 3);
    }

    void rankingCanBeStopped() {
        std::vector<scene::Scene> many;
        for (int i = 0; i < 40; ++i) {
            many.push_back(m_scenes[static_cast<std::size_t>(i) % 3]);
            many.back().id = outlines::makeUuid();
            many.back().name += std::to_string(i);
        }
        const auto window = m_fixture.openWindow(makeProject("many.gpkg", many));
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_F8);
        auto* stop = part<QToolButton>(window.get(), "cancelJob");
        auto* rank = part<QPushButton>(window.get(), "rankButton");
        QVERIFY(QTest::qWaitFor([&] { return stop->isVisible(); }, 10000));
        QVERIFY(!rank->isEnabled());
        QTest::mouseClick(stop, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return rank->isEnabled(); }, 10000));
        auto* view = part<QTableView>(window.get(), "scenes");
        QCOMPARE(columnTexts(view, ui::scenes::SceneTable::Score).filter("–").size(), 40);
        QVERIFY(closed(*window));
    }

    void snowShadowAndCloudAreColoursOverThePicture() {
        const auto window = openWindow("layers.gpkg");
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_F8);
        QVERIFY(settles(*window));
        auto* view = part<QTableView>(window.get(), "scenes");
        clickRow(view, static_cast<int>(columnTexts(view, ui::scenes::SceneTable::Scene).indexOf("cloudy")));
        QVERIFY(settles(*window));
        QCOMPARE(window->viewport()->terrain()->sceneId, m_scenes[1].id);
        window->viewport()->setFlatMap(true);
        window->viewport()->frame(window->viewport()->terrain()->heightGrid.extent(), false);
        const scene::SceneReader reader(m_scenes[1], std::make_shared<raster::ReaderPool>());
        const auto map = ranking::conditionMap(reader);
        const auto sharp = [&] {
            const bool is = QTest::qWaitFor(
                [&] {
                    window->viewport()->grabFramebuffer();
                    return window->isIdle() && window->viewport()->isSharp();
                },
                20000);
            return is ? window->viewport()->grabFramebuffer() : QImage();
        };
        const auto plain = sharp();
        const std::tuple<QKeySequence, ranking::Condition, const char*> layers[] = {
            {QKeySequence("Shift+S"), ranking::Snow, "snow"},
            {QKeySequence("Shift+H"), ranking::Shadow, "castShadow"},
            {QKeySequence("Shift+C"), ranking::Cloud, "cloud"}};
        for (const auto& [keys, condition, name] : layers) {
            QTest::keySequence(window.get(), keys);
            QTRY_VERIFY(window->viewport()->drapeStyle().overlay.opacity > 0);
            QVERIFY(part<QAction>(window.get(), name)->isChecked());
            const auto tinted = sharp();
            // Pixels whose neighbours have the condition too change, and none where nothing around has it.
            int with = 0;
            int changed = 0;
            int wrong = 0;
            for (int row = 2; row < map.grid.rows - 2; ++row) {
                for (int column = 2; column < map.grid.columns - 2; ++column) {
                    int around = 0;
                    int near = 0;
                    for (int r = -2; r <= 2; ++r) {
                        for (int c = -2; c <= 2; ++c) {
                            const bool has = (map.bits.at(0, row + r, column + c) & condition) != 0;
                            around += has ? 1 : 0;
                            near += has && std::abs(r) < 2 && std::abs(c) < 2 ? 1 : 0;
                        }
                    }
                    const auto place = placeOf(*window, map.grid.toMap(column + 0.5, row + 0.5));
                    const bool differs = plain.pixel(place) != tinted.pixel(place);
                    with += near == 9 ? 1 : 0;
                    changed += near == 9 && differs ? 1 : 0;
                    wrong += around == 0 && differs ? 1 : 0;
                }
            }
            picture(*window, QStringLiteral("condition ") + QLatin1String(name));
            QVERIFY2(
                with > 10 && changed > 0.95 * with && wrong == 0,
                qPrintable(QString("%1: %2 of %3, %4 wrong").arg(name).arg(changed).arg(with).arg(wrong)));
            QTest::keySequence(window.get(), keys);
            QVERIFY(!part<QAction>(window.get(), name)->isChecked());
            QCOMPARE(sharp(), plain);
        }
        QVERIFY(closed(*window));
    }

    void whatASceneDoesNotTellIsSaidInsteadOfShown() {
        auto scenes = m_scenes;
        for (auto& scene : scenes) {
            std::erase_if(scene.rasters, [](const auto& raster) { return raster.feature == "quality"; });
        }
        const auto window = m_fixture.openWindow(makeProject("unknown.gpkg", scenes));
        QVERIFY(window);
        QTest::keySequence(window.get(), QKeySequence("Shift+C"));
        QTRY_VERIFY(!window->statusBar()->currentMessage().isEmpty());
        QVERIFY(settles(*window));
        auto* action = part<QAction>(window.get(), "cloud");
        QVERIFY(!action->isChecked());
        QVERIFY(window->statusBar()->currentMessage().contains("no cloud mask"));
        QVERIFY(closed(*window));
    }

    void outlinesThatChangeMakeTheRankingOld() {
        const auto window = openWindow("changed.gpkg");
        QVERIFY(window);
        QVERIFY(ranks(*window));
        auto* view = part<QTableView>(window.get(), "scenes");
        QVERIFY(cell(view, 0, ui::scenes::SceneTable::Score) != "–");
        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier); // takes the import back
        QVERIFY(answer("Take it back"));
        QVERIFY(settles(*window));
        QCOMPARE(cell(view, 0, ui::scenes::SceneTable::Score), "–");
        QVERIFY(part<QLabel>(window.get(), "rankingSummary")->text().contains("changed"));
        QVERIFY(closed(*window));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowRankingTest)
#include "window_ranking_test.moc"
