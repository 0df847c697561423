// SPDX-License-Identifier: GPL-3.0-or-later
// Looking at things: camera, bookmarks, panels and what stands over the view, with real events.
#include "window_fixture.h"

#include "ui/ground/pointer_panel.h"
#include "ui/layers/layer_panel.h"
#include "ui/marginalia/scale_readout.h"
#include "ui/window/view_actions.h"

#include <QAbstractButton>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSlider>
#include <QToolButton>
#include <QTranslator>
#include <QTreeWidget>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::viewport::Viewport;

namespace {

QAction* actionOf(ui::window::MainWindow& window, const char* name) {
    return window.findChild<QAction*>(QString::fromLatin1(name));
}

bool landed(ui::window::MainWindow& window) {
    return QTest::qWaitFor([&] { return !window.viewport()->isFlying(); }, 5000);
}

/// Everything in the menus, submenus too.
void collectActions(const QMenu& menu, QList<QAction*>& found) {
    for (auto* action : menu.actions()) {
        if (action->menu() != nullptr) {
            collectActions(*action->menu(), found);
        } else if (!action->isSeparator()) {
            found << action;
        }
    }
}

QList<QAction*> menuActions(const ui::window::MainWindow& window) {
    QList<QAction*> found;
    for (const auto* action : window.menuBar()->actions()) {
        collectActions(*action->menu(), found);
    }
    return found;
}

void openIn(ui::window::MainWindow& window, const std::string& file) {
    window.openProject(file);
    QVERIFY(
        QTest::qWaitFor([&] { return window.isIdle() && window.viewport()->terrain() != nullptr; }, 20000));
}

/// Marks every text that asks to be translated.
class Marker : public QTranslator {
public:
    QString translate(const char*, const char* text, const char*, int) const override {
        return QStringLiteral("⟦%1⟧").arg(QString::fromUtf8(text));
    }
    bool isEmpty() const override { return false; }
};

bool hasWords(const QString& text) {
    return text.contains(QRegularExpression(QStringLiteral("[A-Za-z]{2}")));
}

} // namespace

class WindowViewTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

private Q_SLOTS:
    void everyActionIsInAMenuWithAKeyAndATip() {
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        const auto inMenus = menuActions(*window);
        QStringList keys;
        for (auto* action : window->findChildren<QAction*>(QString(), Qt::FindDirectChildrenOnly)) {
            if (action->objectName().isEmpty()) {
                continue;
            }
            QVERIFY2(inMenus.contains(action), qPrintable(action->objectName()));
            QVERIFY2(!action->shortcut().isEmpty(), qPrintable(action->objectName()));
            QVERIFY2(action->toolTip().contains(action->shortcut().toString(QKeySequence::NativeText)),
                     qPrintable(action->objectName()));
        }
        for (const auto* action : inMenus) {
            QVERIFY2(!action->toolTip().isEmpty(), qPrintable(action->text()));
            for (const auto& key : action->shortcuts()) {
                QVERIFY2(!keys.contains(key.toString()), qPrintable(key.toString()));
                keys << key.toString();
            }
        }
        QVERIFY(keys.size() > 30);
    }

    void helpListsEveryKey() {
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_F1);
        QTRY_VERIFY(openDialog("shortcutsDialog"));
        QStringList texts;
        for (const auto* label : openDialog("shortcutsDialog")->findChildren<QLabel*>()) {
            texts << label->text();
        }
        for (const auto* action : menuActions(*window)) {
            for (const auto& shortcut : action->shortcuts()) {
                const auto key = shortcut.toString(QKeySequence::NativeText);
                const bool isListed = std::any_of(texts.begin(), texts.end(), [&key](const QString& text) {
                    return text.split(QStringLiteral(" / ")).contains(key);
                });
                QVERIFY2(isListed, qPrintable(key));
            }
        }
        QTest::keyClick(openDialog("shortcutsDialog"), Qt::Key_Escape);
        QTRY_VERIFY(!openDialog());
    }

    void everyWordGoesThroughTheTranslator() {
        Marker marker;
        QVERIFY(QApplication::installTranslator(&marker));
        {
            const auto window = m_fixture.newWindow();
            QVERIFY(window);
            const auto check = [](const QString& text, const QObject* of) {
                QVERIFY2(!hasWords(text) || text == QStringLiteral("bright") || // the model's name
                             text.contains(QStringLiteral("⟦")),
                         qPrintable(QStringLiteral("%1 of %2 %3")
                                        .arg(text, of->metaObject()->className(), of->objectName())));
            };
            for (const auto* action : window->findChildren<QAction*>()) {
                check(action->text(), action);
                check(action->toolTip(), action);
            }
            for (const auto* widget : window->findChildren<QWidget*>()) {
                check(widget->toolTip(), widget);
                check(widget->windowTitle(), widget);
                if (const auto* label = qobject_cast<const QLabel*>(widget)) {
                    check(label->text(), label);
                } else if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) {
                    check(button->text(), button);
                } else if (const auto* tree = qobject_cast<const QTreeWidget*>(widget)) {
                    for (int column = 0; column < tree->columnCount(); ++column) {
                        check(tree->headerItem()->text(column), tree);
                    }
                }
            }
        }
        QApplication::removeTranslator(&marker);
    }

    void recentProjectsOpenByKeyboardAlone() {
        const auto file = m_fixture.makeProject("recent.gpkg");
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        auto* recent = part<QListWidget>(window.get(), "recent");
        for (int presses = 0; !recent->hasFocus() && presses < 30; ++presses) {
            QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget()
                                                                   : window.get(),
                            Qt::Key_Tab);
        }
        QVERIFY(recent->hasFocus());
        QTest::keyClick(recent, Qt::Key_Home);
        QTest::keyClick(recent, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(window->windowTitle().startsWith("recent"), 10000);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain(), 20000);
        QTRY_VERIFY(window->viewport()->hasFocus());
        // And on in the view: N from above, arrows pan, Shift and arrows tilt.
        QTest::keyClick(window.get(), Qt::Key_N);
        QVERIFY(landed(*window));
        QCOMPARE(window->viewport()->camera().tilt, 0.0);
        const double before = window->viewport()->camera().target.x;
        QTest::keyClick(window->viewport(), Qt::Key_Right);
        QVERIFY(window->viewport()->camera().target.x > before);
        QTest::keyClick(window->viewport(), Qt::Key_Up, Qt::ShiftModifier);
        QVERIFY(window->viewport()->camera().tilt > 1);
    }

    void aTitleIsSaidOnce() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("titles.gpkg"));
        QVERIFY(window);
        auto* layers = part<QDockWidget>(window.get(), "layerDock");
        auto* bookmarks = part<QDockWidget>(window.get(), "bookmarkDock");
        const auto hasBar = [](const QDockWidget* dock) {
            return dock->titleBarWidget() == nullptr || dock->titleBarWidget()->height() > 0;
        };
        QTRY_VERIFY(!hasBar(layers) && !hasBar(bookmarks)); // their tabs say it
        QVERIFY(hasBar(part<QDockWidget>(window.get(), "pointerDock")));
        bookmarks->toggleViewAction()->trigger();
        QTRY_VERIFY(hasBar(layers));
        bookmarks->toggleViewAction()->trigger();
        QTRY_VERIFY(!hasBar(layers));
        bookmarks->setFloating(true);
        QTRY_VERIFY(hasBar(layers) && hasBar(bookmarks));
    }

    void panelsAreWhereTheyWereLeft() {
        const auto file = m_fixture.makeProject("docks.gpkg");
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            QVERIFY(part<QDockWidget>(window.get(), "layerDock")->isVisible());
            QVERIFY(!part<QDockWidget>(window.get(), "historyDock")->isVisible());
            part<QDockWidget>(window.get(), "pointerDock")->toggleViewAction()->trigger();
            part<QDockWidget>(window.get(), "historyDock")->toggleViewAction()->trigger();
            window->addDockWidget(Qt::RightDockWidgetArea, part<QDockWidget>(window.get(), "layerDock"));
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QVERIFY(
            !part<QDockWidget>(window.get(), "historyDock")->isVisible()); // the welcome page has the room
        openIn(*window, file);
        QVERIFY(part<QDockWidget>(window.get(), "historyDock")->isVisible());
        QVERIFY(!part<QDockWidget>(window.get(), "pointerDock")->isVisible());
        QCOMPARE(window->dockWidgetArea(part<QDockWidget>(window.get(), "layerDock")),
                 Qt::RightDockWidgetArea);
        QTest::keyClick(window.get(), Qt::Key_0, Qt::AltModifier);
        QVERIFY(part<QDockWidget>(window.get(), "pointerDock")->isVisible());
        QCOMPARE(window->dockWidgetArea(part<QDockWidget>(window.get(), "layerDock")),
                 Qt::LeftDockWidgetArea);
        QVERIFY(closed(*window)); // the other tests find them so
    }

    void aLayersLookIsDrawnAndKept() {
        const auto file = m_fixture.makeProject("look.gpkg");
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            // How much yellow there is, in whole pixels of the layer's colour (255, 221, 51).
            const auto yellow = [&] {
                const auto picture = window->viewport()->picture({500, 400});
                double sum = 0;
                for (int y = 0; y < picture.height(); ++y) {
                    for (int x = 0; x < picture.width(); ++x) {
                        const auto color = picture.pixelColor(x, y);
                        sum += std::max(0, std::min(color.red(), color.green()) - color.blue()) / 170.0;
                    }
                }
                return sum;
            };
            const double thin = yellow();
            QVERIFY(thin > 50);
            auto* width = part<QDoubleSpinBox>(window.get(), "layerWidth");
            QVERIFY(width->isEnabled()); // the only layer is the chosen one
            width->setValue(6);
            const double wide = yellow();
            QVERIFY(wide > 2 * thin);
            part<QSlider>(window.get(), "layerOpacity")->setValue(20);
            QVERIFY(yellow() < 0.7 * wide);
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        const auto row = window->findChild<ui::layers::LayerPanel*>()->layers().front();
        QCOMPARE(row.look.width, 6.0);
        QCOMPARE(row.look.opacity, 0.2);
    }

    void layersChangePlacesByButton() {
        const auto file = m_fixture.makeProject("order.gpkg");
        {
            const auto project = project::Project::open(file);
            project->importOutlines({"second", outlines::LayerKind::Expert, project->scene().id, {}},
                                    {WindowFixture::outline("Other", m_fixture.small(), 300)});
            project->flush();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* tree = part<QTreeWidget>(window.get(), "layers");
        const auto first = tree->topLevelItem(0)->text(0);
        tree->setCurrentItem(tree->topLevelItem(0));
        QVERIFY(!part<QToolButton>(window.get(), "layerUp")->isEnabled());
        QTest::mouseClick(part<QToolButton>(window.get(), "layerDown"), Qt::LeftButton);
        QCOMPARE(tree->topLevelItem(1)->text(0), first);
        QCOMPARE(tree->currentItem()->text(0), first);
        QVERIFY(!part<QToolButton>(window.get(), "layerDown")->isEnabled());
    }

    void thePointersPlaceTellsBandsAndGlaciers() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("pointer.gpkg"));
        QVERIFY(window);
        auto* panel = window->findChild<ui::ground::PointerPanel*>();
        const auto pointAt = [&](geo::Point map) {
            const QPointF at = *window->viewport()->project(map);
            moveHeld(*window->viewport(), at, Qt::NoButton);
        };
        pointAt(m_fixture.big());
        QTRY_COMPARE(panel->value("expert"), "Big Glacier");
        QTRY_VERIFY(!panel->value("nir").isEmpty());
        // What the fixture wrote into the pixel there.
        const auto grid = m_fixture.grid();
        const auto hit = window->viewport()->pick(*window->viewport()->project(m_fixture.big()));
        const auto pixel = grid.toPixel(hit->map);
        const int grain = (static_cast<int>(pixel.x) * 7 + static_cast<int>(pixel.y) * 13) % 5;
        QTRY_COMPARE(panel->value("nir"), QLocale().toString(0.75 + 0.04 * grain, 'f', 3));
        QVERIFY(panel->value("Latitude").endsWith("N"));
        pointAt(m_fixture.rock());
        QTRY_COMPARE(panel->value("expert"), "");
        QTRY_VERIFY(panel->value("nir").startsWith("0.1") || panel->value("nir").startsWith("0.2") ||
                    panel->value("nir").startsWith("0.3"));
    }

    void bookmarksLeadBackAndStayInTheProject() {
        const auto file = m_fixture.makeProject("bookmarks.gpkg");
        QString camera;
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            window->viewport()->frame({480500, 3098000, 482000, 3099000}, false);
            part<QSlider>(window.get(), "exaggeration")->setValue(40);
            camera = window->viewport()->cameraState();
            QTest::keyClick(window.get(), Qt::Key_B, Qt::ControlModifier);
            auto* list = part<QListWidget>(window.get(), "bookmarks");
            QTRY_COMPARE(list->count(), 1);
            list->item(0)->setText("Icefall");
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        part<QDockWidget>(window.get(), "bookmarkDock")->raise();
        auto* list = part<QListWidget>(window.get(), "bookmarks");
        QTRY_COMPARE(list->count(), 1);
        QCOMPARE(list->item(0)->text(), "Icefall");
        part<QSlider>(window.get(), "exaggeration")->setValue(20);
        QVERIFY(window->viewport()->cameraState() != camera);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(0)).center());
        QVERIFY(landed(*window));
        QCOMPARE(window->viewport()->cameraState(), camera);
        QCOMPARE(window->viewport()->verticalExaggeration(), 2.0);
        list->setFocus();
        list->setCurrentRow(0);
        QTest::keyClick(list, Qt::Key_Delete);
        QTRY_COMPARE(list->count(), 0);
        QVERIFY(closed(*window));
        QCOMPARE(*project::Project::open(file, project::Access::ReadOnly)->setting("bookmarks"),
                 std::string("[]"));
    }

    void keysLeadFromGlacierToGlacier() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("step.gpkg"));
        QVERIFY(window);
        const auto selected = [&] { return part<QLabel>(window.get(), "glacierName")->text(); };
        QTest::keyClick(window.get(), Qt::Key_PageDown);
        QCOMPARE(selected(), "Big Glacier"); // the largest first
        QVERIFY(landed(*window));
        const auto place = window->viewport()->project(m_fixture.big());
        const QPointF middle = window->viewport()->rect().center();
        QVERIFY(std::hypot(place->x() - middle.x(), place->y() - middle.y()) < 80);
        QTest::keyClick(window.get(), Qt::Key_PageDown);
        QCOMPARE(selected(), "Small Glacier");
        QTest::keyClick(window.get(), Qt::Key_PageUp);
        QCOMPARE(selected(), "Big Glacier");
        QTest::keyClick(window.get(), Qt::Key_PageUp);
        QCOMPARE(selected(), "Small Glacier"); // round and round
    }

    void theFlatMapStaysFlat() {
        const auto file = m_fixture.makeProject("flat.gpkg");
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            window->viewport()->setView(Viewport::View::Oblique);
            QVERIFY(landed(*window));
            QTest::keyClick(window.get(), Qt::Key_M);
            QVERIFY(landed(*window));
            QVERIFY(actionOf(*window, "flatMap")->isChecked());
            const QPoint middle = window->viewport()->rect().center();
            const auto under = window->viewport()->pick(middle)->map;
            drag(window->viewport(), Qt::RightButton, middle, middle + QPoint(60, -40));
            const auto& camera = window->viewport()->camera();
            QVERIFY(camera.isParallel());
            QCOMPARE(camera.heading, 0.0);
            // The right button pans instead.
            const auto there = *window->viewport()->project(under);
            QVERIFY(std::hypot(there.x() - middle.x() - 60, there.y() - middle.y() + 40) < 1.5);
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        openIn(*window, file);
        QVERIFY(actionOf(*window, "flatMap")->isChecked());
        QTest::keyClick(window.get(), Qt::Key_O); // who asks for the side leaves the map
        QVERIFY(landed(*window));
        QVERIFY(!actionOf(*window, "flatMap")->isChecked());
        QVERIFY(window->viewport()->camera().tilt > 30);
    }

    void theNorthArrowTurnsTrueNorthUp() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("north.gpkg"));
        QVERIFY(window);
        window->viewport()->setView(Viewport::View::Oblique);
        QVERIFY(landed(*window));
        const QPoint middle = window->viewport()->rect().center();
        drag(window->viewport(), Qt::RightButton, middle, middle + QPoint(120, 0));
        QVERIFY(std::abs(window->viewport()->heading()) > 10);
        const double tilt = window->viewport()->camera().tilt;
        QTest::mouseClick(part<QAbstractButton>(window.get(), "compass"), Qt::LeftButton);
        QVERIFY(landed(*window));
        // West of its zone's middle (87° E) true north lies to the right of grid north; a longitude of
        // 86.8° E at 28° N gives (87 - 86.8) sin 28° = 0.09 degrees.
        const double heading = window->viewport()->heading();
        QVERIFY2(std::abs(heading - 0.08) < 0.03, qPrintable(QString::number(heading)));
        QCOMPARE(window->viewport()->camera().tilt, tilt);
    }

    void theScaleBarIsAsLongAsItSays() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("scale.gpkg"));
        QVERIFY(window);
        auto* bar = part<ui::marginalia::ScaleReadout>(window.get(), "scaleBar");
        QVERIFY(bar->isVisible());
        QVERIFY2(bar->text().endsWith(" m") || bar->text().endsWith(" km"), qPrintable(bar->text()));
        const double metres =
            bar->text().split(' ').first().toDouble() * (bar->text().endsWith("km") ? 1000 : 1);
        const auto left = m_fixture.big();
        const auto a = *window->viewport()->project(left);
        const auto b = *window->viewport()->project({left.x + metres, left.y});
        QVERIFY(std::abs(std::hypot(b.x() - a.x(), b.y() - a.y()) - bar->barLength()) < 0.5);
        // In perspective it owns up to being true in one place.
        window->viewport()->setView(Viewport::View::Oblique);
        QVERIFY(landed(*window));
        QTRY_VERIFY2(bar->text().endsWith("in the middle"), qPrintable(bar->text()));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowViewTest)
#include "window_view_test.moc"
