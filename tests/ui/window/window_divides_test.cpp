// SPDX-License-Identifier: GPL-3.0-or-later
// Ice divides in the real window: shown as thresholds change, taken out, accepted as one step; and
// inventories that divide as an earlier one has it.
#include "editing_words.h"
#include "inventory_fixture.h"

#include "divides/divide_layer.h"
#include "geo/shape_operations.h"
#include "tasks/divides_task.h"
#include "ui/divides/division_list.h"

#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QSlider>

#include <filesystem>

using namespace nunatak;
using namespace nunatak::tests;
using ui::divides::DivisionList;
using ui::window::MainWindow;

namespace {

QString summary(MainWindow& window) {
    return part<QLabel>(&window, "divideSummary")->text();
}

QPushButton* button(MainWindow& window, const char* name) {
    return part<QPushButton>(&window, name);
}

void press(MainWindow& window, const char* name) {
    QTest::mouseClick(button(window, name), Qt::LeftButton);
}

/// Everything was worked out, and what came of it is listed.
bool settles(MainWindow& window) {
    return QTest::qWaitFor([&] { return window.isIdle(); }, 30000);
}

bool opens(MainWindow& window) {
    QTest::keyClick(window.viewport(), Qt::Key_I, Qt::ShiftModifier);
    return part<QDockWidget>(&window, "divideDock")->isVisible() && settles(window);
}

void chooseBy(MainWindow& window, const QString& words) {
    auto* by = part<QComboBox>(&window, "divideBy");
    const int index = by->findText(words);
    QVERIFY2(index >= 0, qPrintable(words));
    by->setCurrentIndex(index);
    Q_EMIT by->activated(index);
}

/// The texts of the rows below a heading that begins so.
QStringList rowsBelow(MainWindow& window, const QString& heading) {
    const auto* list = window.findChild<DivisionList*>();
    QStringList texts;
    for (int i = 0; i < list->topLevelItemCount(); ++i) {
        const auto* group = list->topLevelItem(i);
        for (int k = 0; group->text(0).startsWith(heading) && k < group->childCount(); ++k) {
            texts << group->child(k)->text(0) + " | " + group->child(k)->text(1);
        }
    }
    return texts;
}

/// A line is drawn at this place: its rim is dark, where the ice is bright.
bool isLineAt(MainWindow& window, geo::Point place) {
    auto* view = window.viewport();
    QTest::mouseMove(view, QPoint(3, view->height() / 2));
    if (!QTest::qWaitFor([&] { return view->isSharp(); }, 20000)) {
        return false;
    }
    const QImage image = view->grabFramebuffer();
    const QPoint at = placeOf(window, place) * image.devicePixelRatio();
    bool isDark = false;
    for (int y = at.y() - 4; y <= at.y() + 4; ++y) {
        for (int x = at.x() - 4; x <= at.x() + 4; ++x) {
            isDark = isDark || image.pixelColor(x, y).value() < 90;
        }
    }
    return isDark;
}

int steps(MainWindow& window) {
    return part<QListWidget>(&window, "history")->count();
}

} // namespace

class WindowDividesTest : public QObject {
    Q_OBJECT

    InventoryFixture m_fixture;

    /// A ridge from north to south over the large glacier, instead of the fixture's hills.
    void writeRidge() const {
        raster::RasterLayout layout;
        layout.grid = m_fixture.grid();
        layout.bandNames = {"elevation"};
        Image<float> heights(1, WindowFixture::rows, WindowFixture::columns);
        for (int row = 0; row < heights.rows(); ++row) {
            for (int column = 0; column < heights.columns(); ++column) {
                heights.at(0, row, column) =
                    static_cast<float>(4500 - 15 * std::abs(column + 0.5 - WindowFixture::bigColumn));
            }
        }
        raster::RasterWriter writer(m_fixture.path("elevation.tif"), layout);
        writer.write(heights, 0, 0);
        writer.finish();
    }

    /// What the core makes of the glaciers of a project's inventory.
    std::vector<divides::PlannedOutline> plannedOf(const std::string& file,
                                                   const divides::Thresholds& thresholds) const {
        const auto project = project::Project::open(file, project::Access::ReadOnly);
        tasks::DivideOptions options;
        options.layer = "inventory";
        options.thresholds = thresholds;
        const auto request = tasks::planDivide(*project, options)();
        return divides::planLayer(request, divides::prepareLayer(request, {}, {}), {});
    }

    /// A project whose inventory has the large glacier whole, and whose reference has it in two that share a
    /// line, and one that is gone.
    std::string makeEarlier(const char* name) const {
        const auto file = m_fixture.path(name);
        const auto project = project::Project::create(file, m_fixture.grid().crs);
        project->addScene(scene::loadScene(m_fixture.path("scene.json")));
        const geo::Point m = m_fixture.big();
        const auto box = [&](const std::string& called, double west, double east) {
            auto outline = WindowFixture::outline(called, m, 1);
            outline.geometry = {{{{m.x + west, m.y - 400},
                                  {m.x + west, m.y + 400},
                                  {m.x + east, m.y + 400},
                                  {m.x + east, m.y - 400}},
                                 {}}};
            outline.attributes = {{"rgi_id", outlines::AttributeValue("RGI-" + called)}};
            return outline;
        };
        project->importOutlines(
            {"rgi", outlines::LayerKind::Expert, "", "2003-08-01"},
            {box("West Glacier", -600, 100), box("East Glacier", 100, 600), box("Gone Glacier", 1500, 1700)});
        project->importOutlines({"whole", outlines::LayerKind::Expert, "", "2019-09-01"},
                                {box("Complex", -600, 600)});
        project->take(project::planInventory(*project, {.from = "whole"})());
        project->close();
        return file;
    }

private Q_SLOTS:
    void initTestCase() { writeRidge(); }

    void dividesAreShownAsTheSliderMovesAndAcceptedAsOneStep() {
        const auto file = m_fixture.makeInventory("divide.gpkg");
        const auto parts = plannedOf(file, {}).at(0).partition.pieces.size();
        QVERIFY(parts > 1);
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        const int before = steps(*window);
        QVERIFY(opens(*window));
        QCOMPARE(part<QComboBox>(window.get(), "divideWhich")->currentText(), QString("The selected one"));
        const auto becomes = QString("1 glacier becomes %1.").arg(parts);
        QCOMPARE(summary(*window), becomes);
        QCOMPARE(rowsBelow(*window, "Divided").size(), 1);
        QVERIFY(rowsBelow(*window, "Divided")[0].startsWith("Big Glacier | " + QString::number(parts)));
        picture(*window, "divides");
        // As the slider moves the lines on the ground are others.
        const geo::Point onDivide{m_fixture.big().x, m_fixture.big().y + 300};
        QVERIFY(isLineAt(*window, onDivide));
        QVERIFY(!isLineAt(*window, {onDivide.x + 150, onDivide.y}));
        auto* slider = part<QSlider>(window.get(), "divideSaddleSlider");
        slider->setValue(slider->maximum());
        QTRY_COMPARE(summary(*window), QString("It stays one glacier."));
        QVERIFY(settles(*window));
        QVERIFY(!isLineAt(*window, onDivide));
        QVERIFY(!button(*window, "divideAccept")->isEnabled());
        part<QDoubleSpinBox>(window.get(), "divideSaddle")->setValue(100);
        QTRY_COMPARE(summary(*window), becomes);
        QVERIFY(settles(*window));
        QCOMPARE(steps(*window), before); // nothing has happened yet
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        press(*window, "divideAccept");
        QTRY_COMPARE(glaciersIn(*window, "inventory"), static_cast<int>(parts) + 1);
        QCOMPARE(steps(*window), before + 1);
        QCOMPARE(lastStep(*window), QString("Divide Big Glacier into %1").arg(parts));
        QVERIFY2(toast(*window).startsWith("Divide Big Glacier into"), qPrintable(toast(*window)));
        QVERIFY(!part<QDockWidget>(window.get(), "divideDock")->isVisible());
        undo(*window);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
        redo(*window);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), static_cast<int>(parts) + 1);
        QVERIFY(closed(*window));
        for (const auto& outline : stored(file, "inventory")) {
            QCOMPARE(outline->srcDate, std::string("2019-09-01")); // relief dates no glacier
            QVERIFY(geo::invalidReason(outline->geometry).empty());
        }
    }

    void cancelLeavesAllAsItIs() {
        const auto file = m_fixture.makeInventory("cancel.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        const int before = steps(*window);
        QVERIFY(opens(*window));
        QVERIFY2(part<QComboBox>(window.get(), "divideWhich")->currentText() == "The 2 in the view",
                 qPrintable(part<QComboBox>(window.get(), "divideWhich")->currentText()));
        QVERIFY(button(*window, "divideAccept")->isEnabled());
        const geo::Point onDivide{m_fixture.big().x, m_fixture.big().y + 300};
        QVERIFY(isLineAt(*window, onDivide));
        press(*window, "divideCancel");
        QVERIFY(!part<QDockWidget>(window.get(), "divideDock")->isVisible());
        QVERIFY(!isLineAt(*window, onDivide));
        QCOMPARE(steps(*window), before);
        // So does who hides the panel.
        QVERIFY(opens(*window));
        part<QDockWidget>(window.get(), "divideDock")->toggleViewAction()->trigger();
        QVERIFY(!isLineAt(*window, onDivide));
        QCOMPARE(summary(*window), QString());
        QVERIFY(closed(*window));
    }

    void aClickTakesADivideOutAndARowLeavesAGlacierOut() {
        const auto file = m_fixture.makeInventory("takeout.gpkg");
        const auto planned = plannedOf(file, {});
        const auto& big = planned.at(0).partition;
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QVERIFY(opens(*window));
        QCOMPARE(summary(*window), QString("1 glacier becomes %1.").arg(big.pieces.size()));
        const geo::Line& line = big.lines.at(0);
        clickAt(*window, line[line.size() / 2]);
        QCOMPARE(selectedName(*window), QString("Big Glacier")); // the click was not the tool's
        QTRY_COMPARE(summary(*window), big.pieces.size() == 2
                                           ? QString("It stays one glacier.")
                                           : QString("1 glacier becomes %1.").arg(big.pieces.size() - 1));
        QVERIFY(settles(*window));
        QVERIFY(button(*window, "dividePutBack")->isVisible());
        press(*window, "dividePutBack");
        QTRY_COMPARE(summary(*window), QString("1 glacier becomes %1.").arg(big.pieces.size()));
        QVERIFY(settles(*window));
        // A glacier that is left out is not divided.
        auto* list = window->findChild<DivisionList*>();
        list->topLevelItem(0)->child(0)->setCheckState(0, Qt::Unchecked);
        QTRY_COMPARE(summary(*window), QString("It stays one glacier."));
        QVERIFY(settles(*window));
        QVERIFY(!button(*window, "divideAccept")->isEnabled());
        QCOMPARE(rowsBelow(*window, "Divided"), (QStringList{"Big Glacier | left as it is"}));
        list->topLevelItem(0)->child(0)->setCheckState(0, Qt::Checked);
        QVERIFY(settles(*window));
        QVERIFY(button(*window, "divideAccept")->isEnabled());
        // Elsewhere a click selects as ever.
        clickAt(*window, m_fixture.small());
        QCOMPARE(selectedName(*window), QString("Small Glacier"));
        QVERIFY(closed(*window));
    }

    void anEditMeanwhileIsLookedAt() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("meanwhile.gpkg"));
        QVERIFY(window);
        QVERIFY(opens(*window));
        const auto before = summary(*window);
        clickAt(*window, {m_fixture.big().x + 300, m_fixture.big().y}); // beside the divide
        QTest::keyClick(window->viewport(), Qt::Key_Delete);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 1);
        QTRY_VERIFY(summary(*window) != before && settles(*window));
        QVERIFY(rowsBelow(*window, "Divided").filter("Big").isEmpty());
        undo(*window);
        QTRY_COMPARE(summary(*window), before);
        QVERIFY(settles(*window));
        QVERIFY(closed(*window));
    }

    void whatCannotBeDividedSaysWhyInASentence() {
        {
            const auto window = m_fixture.openWindow(m_fixture.makeProject("reference.gpkg"));
            QVERIFY(window);
            QVERIFY(opens(*window));
            const auto* lock = part<QLabel>(window.get(), "divideLock");
            QVERIFY2(lock->isVisible() && lock->text().startsWith("expert is a reference"),
                     qPrintable(lock->text()));
            press(*window, "divideStartInventory");
            QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
            QVERIFY(opens(*window));
            QVERIFY(!lock->isVisible());
            QVERIFY(button(*window, "divideAccept")->isEnabled());
            QVERIFY(closed(*window));
        }
        {
            const auto file = m_fixture.makeInventory("flat.gpkg");
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            std::filesystem::rename(m_fixture.path("elevation.tif"), m_fixture.path("elsewhere.tif"));
            const bool opened = opens(*window);
            std::filesystem::rename(m_fixture.path("elsewhere.tif"), m_fixture.path("elevation.tif"));
            QVERIFY(opened);
            QVERIFY2(summary(*window).contains("elevation.tif"), qPrintable(summary(*window)));
            QVERIFY(!button(*window, "divideAccept")->isEnabled());
            QVERIFY(closed(*window)); // with the panel open
        }
        {
            const auto file = m_fixture.path("none.gpkg");
            auto project = project::Project::create(file, m_fixture.grid().crs);
            auto scene = scene::loadScene(m_fixture.path("scene.json"));
            scene.rasters.pop_back();
            project->addScene(scene);
            project->importOutlines({"inventory", outlines::LayerKind::Inventory, "", ""},
                                    {WindowFixture::outline("Big Glacier", m_fixture.big(), 700)});
            project->close();
            const auto window = m_fixture.newWindow();
            window->openProject(file);
            QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->action("undo")->isEnabled(), 20000);
            QTRY_VERIFY(!part<QDockWidget>(window.get(), "divideDock")->isVisible()); // nobody asked for it
            QVERIFY(opens(*window));
            QVERIFY2(summary(*window).startsWith("No scene of the project has an elevation model"),
                     qPrintable(summary(*window)));
            QVERIFY(closed(*window));
        }
    }

    void anEarlierInventorysDividesNamesAndIdsAreTaken() {
        const auto file = makeEarlier("earlier.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(opens(*window));
        chooseBy(*window, "Divides of rgi");
        QTRY_COMPARE(summary(*window), QString("1 glacier becomes 2."));
        QVERIFY(settles(*window));
        QVERIFY(!part<QWidget>(window.get(), "divideSaddle")->isEnabled());
        const auto divided = rowsBelow(*window, "Divided");
        QCOMPARE(divided.size(), 1);
        QVERIFY2(divided[0].contains("West Glacier") && divided[0].contains("East Glacier"),
                 qPrintable(divided[0]));
        QCOMPARE(rowsBelow(*window, "Without ice now").size(), 1);
        QVERIFY(rowsBelow(*window, "Without ice now")[0].startsWith("Gone Glacier"));
        picture(*window, "divides_earlier");
        press(*window, "divideAccept");
        QTRY_COMPARE(lastStep(*window), QString("Divide Complex into 2 like rgi"));
        QVERIFY(closed(*window));
        std::set<std::string> names;
        for (const auto& outline : stored(file, "inventory")) {
            names.insert(outline->name + " " + outline->attributes.at("rgi_id").text());
        }
        QVERIFY((names ==
                 std::set<std::string>{"West Glacier RGI-West Glacier", "East Glacier RGI-East Glacier"}));
    }

    void anInventoryOfAnotherEpochIsStartedAtAClick() {
        const auto file = m_fixture.makeInventory("epochs.gpkg");
        m_fixture.addScene2036(file);
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(m_fixture.showPicture(*window, "2036-08-20"));
        clickAt(*window, m_fixture.big());
        QVERIFY(chooseInMenu(*window, "Inventory 2019", "startAnotherEpochHere"));
        QTRY_VERIFY(placeInPanel(*window, "inventory_2") >= 0);
        QVERIFY(idle(*window));
        QCOMPARE(glaciersIn(*window, "inventory_2"), 2);
        QVERIFY2(line(*window).contains("Inventory 2036") && line(*window).contains("Big Glacier"),
                 qPrintable(line(*window))); // the same glacier, in what is edited now
        QCOMPARE(lastStep(*window), QString("Start the inventory 2036 from Inventory 2019"));
        QTest::keyClick(window->viewport(), Qt::Key_A);
        QTRY_COMPARE(lastStep(*window), QString("Accept Big Glacier"));
        // Of one time there is one.
        window->action("anotherEpoch")->trigger();
        QTRY_VERIFY(openDialog() != nullptr);
        openDialog()->close();
        QVERIFY(closed(*window));
        for (const auto& outline : stored(file, "inventory_2")) {
            QCOMPARE(outline->srcDate, outline->name == "Big Glacier" ? "2036-08-20" : "");
            QCOMPARE(outline->attributes.at("started_from").text(),
                     std::string("Inventory 2019, 2019-09-01"));
        }
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowDividesTest)
#include "window_divides_test.moc"
