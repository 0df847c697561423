// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>
#include <QStringList>

namespace nunatak::ui::window {

/// Projects by name, with their folder and when they were last changed; those that are gone are pale.
class RecentList : public QListWidget {
    Q_OBJECT

public:
    static constexpr int textIndent = 12; ///< pixels between a row's frame and its text

    explicit RecentList(QWidget* parent = nullptr);

    void setFiles(const QStringList& files);

Q_SIGNALS:
    /// By a click or by Enter.
    void chosen(const QString& file);

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace nunatak::ui::window
