/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.resource.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLedgerTest {
  private static final String JOURNAL =
      "acquire\t1\tn1\tcloud\tan image\nacquire\t2\tn2\tcloud\tan image\nreleased\t1\n";

  @TempDir Path folder;

  @Test
  void resourcesOfADeadBuildAreKnownAndStayInItsJournal() throws IOException {
    Bench bench = new Bench(folder);
    bench.writeJournal("1a2b3c4d", JOURNAL);
    JournalLedger ledger = new JournalLedger(new Journals(bench.state));

    assertEquals(Map.of("n2", Ledger.Holder.DEAD), ledger.held());

    assertEquals(Map.of("n2", Ledger.Holder.DEAD), ledger.held());
    assertEquals(List.of("1a2b3c4d.journal"), bench.journals());
  }

  @Test
  void aJournalInUseIsReadWithoutBeingChanged() throws IOException {
    Bench bench = new Bench(folder);
    Path file = bench.writeJournal("1a2b3c4d", JOURNAL + "acquire\t3\tn3\tclo");
    // As another process sees it.
    assertEquals(List.of("n2"), new Journals(bench.state).noncesInUse(file));
    Path empty = bench.writeJournal("2a2b3c4d", "");
    assertEquals(List.of(), new Journals(bench.state).noncesInUse(empty));
    assertEquals(List.of("1a2b3c4d.journal", "2a2b3c4d.journal"), bench.journals());
  }

  @Test
  void aJournalOfThisProcessIsNotOpenedASecondTime() throws IOException {
    Journals journals = new Journals(new Bench(folder).state);
    try (Journal own = journals.create()) {
      own.acquire(org.bootstrapvz.api.resource.ResourceSpec.file(Path.of("/x")));
      assertThrows(IOException.class, () -> new JournalLedger(journals).held());
    }
  }
}
