// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h" // before <concepts>, which moc cannot read first

#include <QDialog>

#include <set>
#include <string>

class QComboBox;
class QLabel;

namespace nunatak::ui::layers {

/// Asks for another attribute: one that inventories have, which says what it holds, or any name.
class AddAttributeDialog : public QDialog {
    Q_OBJECT

public:
    /// `there`: names that are attributes already.
    AddAttributeDialog(const std::set<std::string>& there, QWidget* parent);

    void accept() override;

Q_SIGNALS:
    void chosen(const QString& name, nunatak::outlines::AttributeType type);

private:
    void follow();

    std::set<std::string> m_there;
    QComboBox* m_name = nullptr;
    QComboBox* m_type = nullptr;
    QLabel* m_meaning = nullptr;
};

} // namespace nunatak::ui::layers
