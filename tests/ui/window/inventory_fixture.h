// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "window_fixture.h"

#include "ui/layers/inventory_line.h"
#include "ui/layers/layer_panel.h"

#include <QMenu>
#include <QTreeWidget>

#include <algorithm>

// Layers in panel and view, what is said of the inventory, and projects to see it with.
namespace nunatak::tests {

inline std::vector<ui::layers::LayerRow> rows(ui::window::MainWindow& window) {
    return window.findChild<ui::layers::LayerPanel*>()->layers();
}

inline int placeInPanel(ui::window::MainWindow& window, const QString& layer) {
    const auto all = rows(window);
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& row) { return row.name == layer; });
    return found != all.end() ? static_cast<int>(found - all.begin()) : -1;
}

inline QTreeWidgetItem* itemOf(ui::window::MainWindow& window, const QString& title) {
    const auto found = window.findChild<QTreeWidget*>("layers")->findItems(title, Qt::MatchExactly);
    return found.isEmpty() ? nullptr : found.front();
}

inline void clickRow(ui::window::MainWindow& window, const QString& title) {
    auto* tree = window.findChild<QTreeWidget*>("layers");
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                      tree->visualItemRect(itemOf(window, title)).center());
}

/// The box before a layer's name, with the mouse.
inline void clickBox(ui::window::MainWindow& window, const QString& title) {
    auto* tree = window.findChild<QTreeWidget*>("layers");
    const QRect row = tree->visualItemRect(itemOf(window, title));
    const bool before = itemOf(window, title)->checkState(0) == Qt::Checked;
    for (int x = row.left() + 2; x < row.left() + 30; x += 4) {
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, QPoint(x, row.center().y()));
        if ((itemOf(window, title)->checkState(0) == Qt::Checked) != before) {
            return;
        }
    }
}

/// An entry of the menu on a layer's row.
inline bool chooseInMenu(ui::window::MainWindow& window, const QString& title, const char* action) {
    auto* tree = window.findChild<QTreeWidget*>("layers");
    const QPoint place = tree->visualItemRect(itemOf(window, title)).center();
    Q_EMIT tree->customContextMenuRequested(place);
    auto* menu = window.findChild<ui::layers::LayerPanel*>()->findChild<QMenu*>();
    auto* chosen = menu != nullptr ? menu->findChild<QAction*>(QString::fromLatin1(action)) : nullptr;
    if (chosen == nullptr || !chosen->isEnabled()) {
        return false;
    }
    chosen->trigger();
    menu->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return true;
}

inline QString line(ui::window::MainWindow& window) {
    return window.findChild<ui::layers::InventoryLine*>()->text();
}

inline bool warns(ui::window::MainWindow& window) {
    return window.findChild<ui::layers::InventoryLine*>()->isWarning();
}

inline QString toast(ui::window::MainWindow& window) {
    const auto* label = window.viewport()->findChild<QLabel*>("toastSentence");
    return label->isVisible() ? label->text() : QString();
}

inline void clickToast(ui::window::MainWindow& window) {
    QTest::mouseClick(window.viewport()->findChild<QPushButton*>("toastButton"), Qt::LeftButton);
}

inline QString question() {
    auto* box = qobject_cast<QMessageBox*>(openDialog("question"));
    return box != nullptr ? box->text() : QString();
}

inline void undo(ui::window::MainWindow& window) {
    QTest::keyClick(window.viewport(), Qt::Key_Z, Qt::ControlModifier);
}

inline void redo(ui::window::MainWindow& window) {
    QTest::keyClick(window.viewport(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
}

inline bool idle(ui::window::MainWindow& window) {
    return QTest::qWaitFor([&] { return window.isIdle() && !window.viewport()->isFlying(); }, 30000);
}

inline bool predicts(ui::window::MainWindow& window) {
    QTest::keyClick(window.viewport(), Qt::Key_F5);
    return QTest::qWaitFor([&] { return !window.isIdle(); }, 5000) && idle(window);
}

/// Pixels of the view that are of this colour, or nearly.
inline int pixelsOf(ui::window::MainWindow& window, const QColor& color) {
    QTest::mouseMove(window.viewport(), QPoint(3, window.viewport()->height() / 2));
    if (!QTest::qWaitFor([&] { return window.viewport()->isSharp(); }, 20000)) {
        return -1;
    }
    const QImage image = window.viewport()->grabFramebuffer();
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += std::abs(pixel.red() - color.red()) + std::abs(pixel.green() - color.green()) +
                                 std::abs(pixel.blue() - color.blue()) <
                             60
                         ? 1
                         : 0;
        }
    }
    return count;
}

inline QColor colorOf(ui::window::MainWindow& window, const QString& layer) {
    return rows(window)[static_cast<std::size_t>(placeInPanel(window, layer))].look.color;
}

inline outlines::OutlineHandle named(const std::string& file, const std::string& layer,
                                     const std::string& name) {
    for (const auto& outline : stored(file, layer)) {
        if (outline->name == name) {
            return outline;
        }
    }
    return nullptr;
}

class InventoryFixture : public WindowFixture {
public:
    /// Without any outline.
    std::string makeBare(const char* name) const {
        auto project = project::Project::create(path(name), grid().crs);
        project->addScene(scene::loadScene(path("scene.json")));
        project->flush();
        return path(name);
    }

    void addScene2036(const std::string& file) const {
        const auto project = project::Project::open(file);
        auto scene = scene::loadScene(path("scene.json"));
        scene.id = outlines::makeUuid();
        scene.name = "valley 2036";
        scene.date = "2036-08-20";
        project->addScene(scene);
        project->close();
    }

    /// What a prediction of the scene gives; it always gives the same.
    std::vector<outlines::OutlineHandle> predictedIn(const char* name) const {
        const auto file = makeBare(name);
        const auto window = openWindow(file);
        return window && predicts(*window) && closed(*window) ? stored(file, "inventory")
                                                              : std::vector<outlines::OutlineHandle>();
    }

    bool showPicture(ui::window::MainWindow& window, const QString& date) const {
        auto* previous = window.findChild<QAction*>("previousDate");
        auto* next = window.findChild<QAction*>("nextDate");
        for (int i = 0; i < 2 && !line(window).contains("picture " + date); ++i) {
            (date < QLatin1String("2030") ? previous : next)->trigger();
        }
        return QTest::qWaitFor([&] { return line(window).contains("picture " + date) && window.isIdle(); },
                               10000);
    }
    static double eastEnd(const outlines::OutlineHandle& outline) { return outline->extent().xmax; }
};

} // namespace nunatak::tests
