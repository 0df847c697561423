// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with outlines is listed, flown to and put right, in the real window.
#include "checks_fixture.h"

#include "editing/check.h"
#include "editing/repair.h"
#include "exchange/outline_files.h"
#include "support/shared_data.h"
#include "tasks/boundaries_task.h"

#include <QComboBox>
#include <QFile>
#include <QStatusBar>

#include <cmath>
#include <functional>

using namespace nunatak;
using namespace nunatak::tests;
using ui::checks::FindingsModel;

class WindowChecksTest : public QObject {
    Q_OBJECT

    ChecksFixture m_fixture;

    /// Outlines of others as an inventory, on flat ground of one grey.
    std::string makeReal(const char* name, const std::filesystem::path& file, const char* crs) const {
        const auto system = geo::Crs::fromUserInput(crs);
        auto outlines = exchange::readOutlines(file, system).outlines;
        geo::Extent extent;
        for (const auto& outline : outlines) {
            extent.include(geo::extentOf(outline.geometry));
        }
        constexpr double pixel = 200;
        const geo::Grid grid{system,
                             extent.xmin - 10 * pixel,
                             extent.ymax + 10 * pixel,
                             pixel,
                             static_cast<int>(extent.width() / pixel) + 20,
                             static_cast<int>(extent.height() / pixel) + 20};
        scene::Scene scene;
        scene.id = outlines::makeUuid();
        scene.name = "grey";
        scene.grid = grid;
        const auto write = [&](const std::string& raster, int bands, float value,
                               const std::vector<std::string>& names) {
            raster::RasterLayout layout;
            layout.grid = grid;
            layout.bandNames = names;
            const Image<float> pixels(bands, grid.rows, grid.columns, value);
            raster::RasterWriter writer(m_fixture.path(raster.c_str()), layout);
            writer.write(pixels, 0, 0);
            writer.finish();
            return m_fixture.path(raster.c_str());
        };
        scene.rasters = {
            {"optical",
             write(std::string(name) + ".tif", 4, 0.4F, {"blue", "green", "red", "nir"}),
             {1, 2, 3, 4},
             {"blue", "green", "red", "nir"},
             1,
             0},
            {"dem", write(std::string(name) + "_dem.tif", 1, 900, {"elevation"}), {1}, {"elevation"}, 1, 0}};
        const auto project = project::Project::create(m_fixture.path(name), system);
        project->addScene(scene);
        project->importOutlines({"expert", outlines::LayerKind::Expert, {}, {}}, std::move(outlines));
        project->take(project::planInventory(*project, {.from = "expert"})());
        project->close();
        return m_fixture.path(name);
    }

private Q_SLOTS:
    void whatIsWrongIsListedAndAClickFliesThereAndSelectsTheGlaciers() {
        const auto window = m_fixture.opened(m_fixture.makeWrong("list.gpkg"));
        QVERIFY(window);
        QVERIFY(!part<QDockWidget>(window.get(), "checkDock")->isVisible()); // the view has the room
        QVERIFY(checks(*window));
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap, 1 too small");
        const auto gap = rowOf(*window, "Gaps", "West");
        QVERIFY(gap.isValid() && gap.data().toString().contains("East"));
        QCOMPARE(gap.siblingAtColumn(1).data().toString(), "3.0 m");
        QVERIFY(rowOf(*window, "Too small", "Tiny").siblingAtColumn(1).data().toString().startsWith("250"));
        clickFinding(*window, gap);
        QVERIFY(part<QLabel>(window.get(), "checkDetail")->text().contains("up to 3 m apart"));
        QVERIFY(window->viewport()->isFlying());
        QTRY_VERIFY_WITH_TIMEOUT(!window->viewport()->isFlying(), 10000);
        picture(*window, "checks_gap");
        // The place is in the middle of the view and fills it: 800 m of line.
        const geo::Point middle = m_fixture.big();
        const auto at = window->viewport()->project({middle.x, middle.y});
        QVERIFY(at);
        const QPointF off = *at - QPointF(window->viewport()->rect().center());
        QVERIFY2(std::hypot(off.x(), off.y()) < 60, qPrintable(QString::number(off.x())));
        const auto south = window->viewport()->project({middle.x, middle.y - 400});
        QVERIFY(south && south->y() - at->y() > window->viewport()->height() / 4.0);
        QVERIFY2(line(*window).contains("2 glaciers") || line(*window).contains("East") ||
                     line(*window).contains("West"),
                 qPrintable(line(*window)));
        // The same with the keyboard.
        QTest::keyClick(findings(*window), Qt::Key_Down);
        QTest::keyClick(findings(*window), Qt::Key_Down);
        QTest::keyClick(findings(*window), Qt::Key_Return);
        QTRY_VERIFY2(line(*window).contains("Tiny"), qPrintable(line(*window)));
        QVERIFY(closed(*window));
    }

    void aPanelThatIsOpenedBesideTheListComesInFrontOfIt() {
        const auto window = m_fixture.opened(m_fixture.makeWrong("tabs.gpkg"));
        QVERIFY(window);
        QVERIFY(checks(*window));
        const auto isSeen = [&](const char* name) {
            return !part<QDockWidget>(window.get(), name)->visibleRegion().isEmpty();
        };
        QTRY_VERIFY(isSeen("checkDock"));
        QTest::keyClick(window.get(), Qt::Key_R, Qt::ControlModifier);
        QTRY_VERIFY(isSeen("reviewDock"));
        QVERIFY(!isSeen("checkDock"));
        QVERIFY(closed(*window));
    }

    void whatWasFoundIsRingedOnTheGroundWhileItsListIsSeen() {
        const auto window = m_fixture.opened(m_fixture.makeWrong("rings.gpkg"));
        QVERIFY(window);
        auto& view = *window->viewport();
        const auto painted = [&](const QColor& color) {
            if (!QTest::qWaitFor([&] { return !view.isFlying() && window->isIdle() && view.isSharp(); },
                                 20000)) {
                return -1;
            }
            const QImage picture = view.grabFramebuffer();
            int pixels = 0;
            for (int y = 0; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x) {
                    const QColor there = picture.pixelColor(x, y);
                    pixels += std::abs(there.red() - color.red()) + std::abs(there.green() - color.green()) +
                                          std::abs(there.blue() - color.blue()) <
                                      60
                                  ? 1
                                  : 0;
                }
            }
            return pixels;
        };
        const QColor red(255, 54, 46);
        const QColor amber(255, 196, 0);
        QVERIFY(painted(red) < 5 && painted(amber) < 5);
        QVERIFY(checks(*window));
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap, 1 too small");
        QTRY_VERIFY(painted(red) > 30 && painted(amber) > 60); // one ring, two rings
        const auto* model = findings(*window)->model();
        const auto overlaps = model->index(0, 0);
        QCOMPARE(overlaps.data().toString(), "Overlaps");
        clickFinding(*window, model->index(0, 0, overlaps));
        QTRY_VERIFY(painted(red) > 1000); // hatched
        picture(*window, "checks_overlap");
        part<QDockWidget>(window.get(), "checkDock")->close();
        QTRY_VERIFY(painted(red) < 5);
        QVERIFY(closed(*window));
    }

    void oneIsRepairedOrAllAsOneStepAndUndoBringsThemBack() {
        const auto file = m_fixture.makeWrong("repair.gpkg");
        const auto window = m_fixture.opened(file);
        QVERIFY(window);
        QVERIFY(checks(*window));
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap, 1 too small");
        auto* one = part<QPushButton>(window.get(), "repairSelected");
        QVERIFY(!one->isEnabled()); // nothing is chosen
        clickFinding(*window, rowOf(*window, "Too small", "Tiny"));
        QVERIFY(!one->isEnabled()); // somebody has to say what it is
        clickFinding(*window, rowOf(*window, "Gaps", "West"));
        QVERIFY(one->isEnabled());
        const int before = steps(*window);
        press(*window, "repairSelected");
        QTRY_COMPARE(counts(*window), "1 overlap, 1 too small");
        QCOMPARE(steps(*window), before + 1);
        QVERIFY2(lastStep(*window).startsWith("Repair gap of "), qPrintable(lastStep(*window)));
        QVERIFY(toast(*window).startsWith("Repair gap of"));
        clickToast(*window); // undo
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap, 1 too small");
        press(*window, "repairAll");
        QTRY_COMPARE(counts(*window), "1 too small");
        QCOMPARE(lastStep(*window), "Repair 2 findings");
        QVERIFY2(toast(*window).startsWith("Repaired: 2 of 2."), qPrintable(toast(*window)));
        QVERIFY(!part<QPushButton>(window.get(), "repairAll")->isEnabled());
        picture(*window, "checks_repaired");
        undo(*window);
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap, 1 too small");
        redo(*window);
        QTRY_COMPARE(counts(*window), "1 too small");
        QVERIFY(closed(*window));
        // A line that went 3 m is no correction; one that gave up 10 m of ground is.
        QVERIFY(!named(file, "inventory", "East")->isChanged);
        QVERIFY(!named(file, "inventory", "West")->isChanged);
        QVERIFY(named(file, "inventory", "North")->isChanged);
    }

    void whatAnEditChangesIsMarkedAndLookedAtAgain() {
        const auto window = m_fixture.opened(m_fixture.makeWrong("stale.gpkg"));
        QVERIFY(window);
        QVERIFY(checks(*window));
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap, 1 too small");
        clickFinding(*window, rowOf(*window, "Too small", "Tiny"));
        QTRY_VERIFY_WITH_TIMEOUT(!window->viewport()->isFlying(), 10000);
        QTest::keyClick(window->viewport(), Qt::Key_Delete);
        QVERIFY(isStale(rowOf(*window, "Too small", "Tiny")));
        QVERIFY(!isStale(rowOf(*window, "Gaps", "West"))); // which it has nothing to do with
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap");
        undo(*window);
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap, 1 too small");
        clickFinding(*window, rowOf(*window, "Too small", "Tiny"));
        QTest::keyClick(window->viewport(), Qt::Key_X);
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap"); // no glacier is not looked at
        QVERIFY(closed(*window));
    }

    void aLineThatCrossesItselfIsRepaired() {
        const auto file = m_fixture.makeBare("crossed.gpkg");
        {
            const auto project = project::Project::open(file);
            auto bow = m_fixture.box("Bow", 700, -100, 900, 100);
            std::swap(bow.geometry[0].outer[1], bow.geometry[0].outer[2]);
            outlines::LayerInfo inventory{"inventory", outlines::LayerKind::Inventory, {}, {}};
            inventory.epoch = {"2019", 2019, 5};
            project->importOutlines(inventory, {m_fixture.box("Large", -600, -400, 600, 400), bow});
            project->close();
        }
        const auto window = m_fixture.opened(file);
        QVERIFY(window);
        QVERIFY(checks(*window));
        QTRY_COMPARE(counts(*window), "1 self-crossing");
        press(*window, "repairAll");
        QTRY_COMPARE(counts(*window), "Nothing is wrong with the 2 outlines.");
        QVERIFY(closed(*window));
    }

    void whatCouldNotBeRepairedSaysWhyAlsoWhenItIsFoundAgain() {
        const auto name = [](const outlines::OutlineRef& ref) { return QString::fromStdString(ref.uuid); };
        const editing::Finding one{
            editing::Fault::Overlap, {{"i", "a"}, {"i", "b"}}, {1, 2}, {}, 30, "Both."};
        const editing::Finding other{
            editing::Fault::Overlap, {{"i", "c"}, {"i", "d"}}, {3, 4}, {}, 70, "Too."};
        FindingsModel model;
        model.setFindings({one, other}, name);
        const auto row = [&](int number) { return model.index(number, 0, model.index(0, 0)); };
        QCOMPARE(row(0).data().toString(), "c –\nd"); // the larger first
        model.setRefused({{one, "It would overlap."}});
        QCOMPARE(model.sentences(row(1)), "Both. Not repaired: It would overlap.");
        QVERIFY(row(1).data(Qt::DecorationRole).isValid() && !row(0).data(Qt::DecorationRole).isValid());
        model.setStale({"b"});
        QVERIFY(isStale(row(1)) && !isStale(row(0)));
        model.replace({"b"}, {one}, name);
        QVERIFY(!isStale(row(1)));
        QCOMPARE(model.sentences(row(1)), "Both. Not repaired: It would overlap.");
        model.replace({"a", "c"}, {}, name);
        QVERIFY(model.isEmpty());
    }

    void areaAndToleranceSayWhatIsFound() {
        const auto window = m_fixture.opened(m_fixture.makeWrong("rules.gpkg"));
        QVERIFY(window);
        QVERIFY(checks(*window));
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap, 1 too small");
        typeNumber(part<QDoubleSpinBox>(window.get(), "checkSmallest"), "0.002");
        typeNumber(part<QDoubleSpinBox>(window.get(), "checkTolerance"), "2");
        press(*window, "checkButton");
        QTRY_COMPARE(counts(*window), "1 overlap");
        QVERIFY(closed(*window));
    }

    void aReferenceIsLookedAtAndAnInventoryOfItIsRepaired() {
        const auto file = m_fixture.makeWrong("reference.gpkg", false);
        const auto window = m_fixture.opened(file);
        QVERIFY(window);
        QVERIFY(checks(*window));
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap, 1 too small");
        clickFinding(*window, rowOf(*window, "Gaps", "West"));
        QVERIFY(!part<QPushButton>(window.get(), "repairSelected")->isEnabled());
        QVERIFY(!part<QPushButton>(window.get(), "repairAll")->isEnabled());
        QVERIFY(part<QLabel>(window.get(), "checkLock")->text().contains("expert is a reference"));
        QTRY_VERIFY_WITH_TIMEOUT(!window->viewport()->isFlying(), 10000);
        picture(*window, "checks_reference");
        press(*window, "checkStartInventory");
        QTRY_COMPARE(part<QComboBox>(window.get(), "checkLayer")->currentText(), "Inventory 2019");
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap, 1 too small");
        QVERIFY(!part<QLabel>(window.get(), "checkLock")->isVisible());
        press(*window, "repairAll");
        QTRY_COMPARE(counts(*window), "1 too small");
        QVERIFY(closed(*window));
    }

    void aProjectThatIsReadOnlyIsLookedAtAndStaysAsItIs() {
        const auto file = m_fixture.makeWrong("protected.gpkg");
        QVERIFY(QFile::setPermissions(QString::fromStdString(file), QFile::ReadOwner | QFile::ReadGroup));
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("question"), 10000);
        QVERIFY(answer("Open read-only"));
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain(), 20000);
        window->activateWindow(); // without a window manager nobody does after a dialog
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        QVERIFY(checks(*window));
        QTRY_COMPARE(counts(*window), "1 overlap, 1 gap, 1 too small");
        QVERIFY(!part<QPushButton>(window.get(), "repairAll")->isEnabled());
        QVERIFY(part<QLabel>(window.get(), "checkLock")->text().contains("read-only"));
        QVERIFY(!part<QPushButton>(window.get(), "checkStartInventory")->isVisible());
        QTest::keyClick(window->viewport(), Qt::Key_F9, Qt::ShiftModifier);
        QTRY_VERIFY2(summary(*window).startsWith("2 vertices move"), qPrintable(summary(*window)));
        QVERIFY(!part<QPushButton>(snapDialog(*window), "snapDo")->isEnabled());
        QVERIFY(closed(*window));
    }

    void aCheckCanBeStopped() {
        const auto file = m_fixture.makeBare("many.gpkg");
        {
            const auto project = project::Project::open(file);
            std::vector<outlines::Outline> many;
            for (int i = 0; i < 400; ++i) {
                auto outline = WindowFixture::outline("G" + std::to_string(i), m_fixture.big(), 1);
                geo::Ring ring;
                const geo::Point middle{m_fixture.big().x + 160 * (i % 20),
                                        m_fixture.big().y + 160 * (i / 20)};
                for (int k = 0; k < 800; ++k) {
                    const double angle = -2 * 3.14159265358979 * k / 800;
                    const double radius = 79 + 4 * std::sin(40 * angle);
                    ring.push_back(
                        {middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
                }
                outline.geometry = {{ring, {}}};
                many.push_back(std::move(outline));
            }
            project->importOutlines({"expert", outlines::LayerKind::Expert, project->scene().id, {}}, many);
            project->close();
        }
        const auto window = m_fixture.opened(file);
        QVERIFY(window);
        QTest::keyClick(window->viewport(), Qt::Key_F9);
        QVERIFY(counts(*window).startsWith("Checking expert"));
        auto* button = part<QPushButton>(window.get(), "checkButton");
        QCOMPARE(button->text(), "Stop");
        press(*window, "checkButton");
        QTRY_COMPARE(counts(*window), "Not checked yet");
        QCOMPARE(button->text(), "Check");
        QVERIFY(closed(*window));
    }

    void realInventoriesAreListedRepairedAndComeBack_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("crs");
        QTest::newRow("iceland") << "iceland_divides/RGI6_icecap.shp"
                                 << "EPSG:3057";
        QTest::newRow("alps") << "french_alps/inventory_2003.shp"
                              << "EPSG:32632";
        QTest::newRow("everest") << "everest/rgi60_outlines.gpkg"
                                 << "EPSG:32645";
    }

    /// What the panel says of these findings.
    static QString countsOf(std::vector<editing::Finding> findings) {
        FindingsModel model;
        model.setFindings(std::move(findings), [](const outlines::OutlineRef&) { return QString(); });
        return model.counts();
    }

    void realInventoriesAreListedRepairedAndComeBack() {
        QFETCH(QString, file);
        QFETCH(QString, crs);
        const auto path = sharedFile(("data/" + file.toStdString()).c_str());
        if (!std::filesystem::exists(path)) {
            QSKIP("The real outlines are not there.");
        }
        const QString name = QTest::currentDataTag();
        const auto project = makeReal(qPrintable(name + ".gpkg"), path, qPrintable(crs));
        auto known = editing::check(
            tasks::checkOf(*project::Project::open(project, project::Access::ReadOnly), "inventory"), {});
        QVERIFY(!known.empty());
        const auto found = countsOf(known);
        qInfo("%s", qPrintable(found));
        std::erase_if(known, [](const auto& finding) { return editing::canBeRepaired(finding.kind); });
        const auto left = known.empty() ? QString("Nothing is wrong with the") : countsOf(known);
        const auto window = m_fixture.opened(project);
        QVERIFY(window);
        QVERIFY(checks(*window));
        QTRY_COMPARE_WITH_TIMEOUT(counts(*window), found, 20000);
        picture(*window, "checks_" + name);
        auto* tree = findings(*window);
        clickFinding(*window, tree->model()->index(0, 0, tree->model()->index(0, 0)));
        QVERIFY(idle(*window));
        window->findChild<QAction*>("themeDark")->trigger();
        QTest::qWait(300); // drawn
        picture(*window, "checks_" + name + "_dark");
        press(*window, "checkBringTogether");
        QTRY_VERIFY_WITH_TIMEOUT(summary(*window).contains("glaciers. No line moves by more"), 20000);
        picture(*snapDialog(*window), "snap_" + name + "_dark");
        window->findChild<QAction*>("themeLight")->trigger();
        QTest::qWait(300);
        picture(*snapDialog(*window), "snap_" + name);
        snapDialog(*window)->close();
        picture(*window, "checks_" + name + "_place");
        const int before = steps(*window);
        press(*window, "repairAll");
        const bool isAll = QTest::qWaitFor([&] { return counts(*window).startsWith(left); }, 30000);
        QVERIFY2(isAll, qPrintable(counts(*window) + "; " +
                                   rowOf(*window, "Gaps", "").data(Qt::ToolTipRole).toString() +
                                   rowOf(*window, "Overlaps", "").data(Qt::ToolTipRole).toString()));
        picture(*window, "checks_" + name + "_repaired");
        QCOMPARE(steps(*window), before + 1);
        undo(*window);
        QTRY_COMPARE_WITH_TIMEOUT(counts(*window), found, 20000);
        QVERIFY(closed(*window));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowChecksTest)
#include "window_checks_test.moc"
