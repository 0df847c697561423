// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace nunatak::ui::window {
class MainWindow;
}

/// Prints when the window was shown, when the scene was drawn and how much memory that took, then ends the
/// program: "name value" a line, for tests/benchmarks/start_up.py.
class Timings : public QObject {
    Q_OBJECT

public:
    explicit Timings(nunatak::ui::window::MainWindow& window);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool m_shown = false;
};
