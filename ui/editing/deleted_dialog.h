// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/outline_past.h"

#include <QDialog>

#include <vector>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace nunatak::ui::editing {

/// What was deleted of a layer, those first that went last: one or several are chosen, and brought back.
class DeletedDialog : public QDialog {
    Q_OBJECT

public:
    explicit DeletedDialog(QWidget* parent);

    /// What is chosen stays so, as far as it is still gone.
    /// @param layer as people read it; @param isWritable something can be brought back
    void setGone(const QString& layer, std::vector<project::GoneOutline> gone, bool isWritable);
    std::vector<outlines::OutlineHandle> chosen() const;
    /// What came of bringing back, or why it cannot be.
    void say(const QString& sentence);
    /// Something is brought back just now.
    void setBusy(bool isBusy);

Q_SIGNALS:
    /// @param isByHand else since there are other rows
    void chosenChanged(bool isByHand);
    void bringBackRequested();

private:
    void refresh();

    std::vector<project::GoneOutline> m_gone; ///< the rows
    bool m_isWritable = false;
    bool m_isBusy = false;
    QLabel* m_about = nullptr;
    QTreeWidget* m_list = nullptr;
    QLabel* m_said = nullptr;
    QPushButton* m_do = nullptr;
};

} // namespace nunatak::ui::editing
