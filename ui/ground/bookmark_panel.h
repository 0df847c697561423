// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QListWidget;
class QToolButton;

namespace nunatak::ui::ground {

/// The project's bookmarks by name: a click flies there, F2 renames, Delete takes one away.
class BookmarkPanel : public QWidget {
    Q_OBJECT

public:
    explicit BookmarkPanel(QWidget* parent = nullptr);

    /// `writable`: whether they can be changed.
    void setBookmarks(const QStringList& names, bool writable);

Q_SIGNALS:
    void addRequested();
    void activated(int index);
    void renamed(int index, const QString& name);
    void removeRequested(int index);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void removeCurrent();
    void updateButtons();

    QListWidget* m_list = nullptr;
    QToolButton* m_add = nullptr;
    QToolButton* m_rename = nullptr;
    QToolButton* m_remove = nullptr;
    bool m_writable = false;
    bool m_filling = false;
};

} // namespace nunatak::ui::ground
