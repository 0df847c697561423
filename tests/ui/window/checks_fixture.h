// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inventory_fixture.h"

#include "ui/checks/findings_model.h"
#include "ui/checks/snap_dialog.h"

#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QListWidget>
#include <QTreeView>

#include <memory>
#include <string>
#include <vector>

// The panel of checks and the dialog that brings lines together, and glaciers with something wrong.
namespace nunatak::tests {

using ui::checks::SnapDialog;
using ui::window::MainWindow;

inline QTreeView* findings(MainWindow& window) {
    return part<QTreeView>(&window, "findings");
}

inline QString counts(MainWindow& window) {
    return part<QLabel>(&window, "checkCounts")->text();
}

/// The row below a kind that names this; not valid: there is none.
inline QModelIndex rowOf(MainWindow& window, const QString& kind, const QString& names) {
    const auto* model = findings(window)->model();
    for (int i = 0; i < model->rowCount(); ++i) {
        const auto group = model->index(i, 0);
        for (int k = 0; group.data().toString() == kind && k < model->rowCount(group); ++k) {
            if (const auto row = model->index(k, 0, group); row.data().toString().contains(names)) {
                return row;
            }
        }
    }
    return {};
}

inline void clickFinding(MainWindow& window, const QModelIndex& row) {
    auto* tree = findings(window);
    tree->scrollTo(row);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(row).center());
}

inline bool isStale(const QModelIndex& row) {
    return row.data(Qt::FontRole).value<QFont>().italic();
}

inline void press(MainWindow& window, const char* button) {
    QTest::mouseClick(part<QPushButton>(&window, button), Qt::LeftButton);
}

inline int steps(MainWindow& window) {
    return part<QListWidget>(&window, "history")->count();
}

inline QString lastStep(MainWindow& window) {
    return part<QListWidget>(&window, "history")->item(0)->text();
}

inline SnapDialog* snapDialog(MainWindow& window) {
    for (auto* dialog : window.findChildren<SnapDialog*>()) {
        if (dialog->isVisible()) {
            return dialog;
        }
    }
    return nullptr;
}

inline QString summary(MainWindow& window) {
    auto* dialog = snapDialog(window);
    return dialog != nullptr ? part<QLabel>(dialog, "snapSummary")->text() : QString();
}

inline bool checks(MainWindow& window) {
    QTest::keyClick(window.viewport(), Qt::Key_F9);
    return QTest::qWaitFor([&] { return window.isIdle(); }, 20000) &&
           part<QDockWidget>(&window, "checkDock")->isVisible();
}

inline void typeNumber(QDoubleSpinBox* field, const QString& number) {
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, number);
    QTest::keyClick(field, Qt::Key_Tab);
}

class ChecksFixture : public InventoryFixture {
public:
    /// From the middle of the large glacier's place.
    outlines::Outline box(const std::string& name, double west, double south, double east,
                          double north) const {
        const geo::Point m = big();
        auto outline = WindowFixture::outline(name, m, 1);
        outline.geometry = {{{{m.x + west, m.y + south},
                              {m.x + east, m.y + south},
                              {m.x + east, m.y + north},
                              {m.x + west, m.y + north}},
                             {}}};
        return outline;
    }

    std::vector<outlines::Outline> glaciers() const {
        return {box("West", -600, -400, 0, 400), box("East", 3, -400, 500, 400),
                box("North", -500, 390, -100, 700), box("Tiny", 700, 0, 750, 50)};
    }

    /// A gap of 3 m, an overlap of 400 × 10 m and one that is too small.
    std::string makeWrong(const char* name, bool withInventory = true) const {
        const auto file = makeBare(name);
        const auto project = project::Project::open(file);
        project->importOutlines({"expert", outlines::LayerKind::Expert, project->scene().id, "2019-09-01"},
                                glaciers());
        if (withInventory) {
            project->take(project::planInventory(*project, {.from = "expert"})());
        }
        project->close();
        return file;
    }

    std::unique_ptr<MainWindow> opened(const std::string& file) const {
        auto window = openWindow(file);
        if (window != nullptr) {
            window->resize(1280, 800);
        }
        return window;
    }
};

} // namespace nunatak::tests
