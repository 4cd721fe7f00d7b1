import com.paritytrading.philadelphia.FIXConfig;
import com.paritytrading.philadelphia.FIXMessageParser;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import quickfix.DataDictionary;
import quickfix.Message;

/**
 * Reads sound messages of FIX 4.4 from the standard input, their length in four bytes first, then the names of
 * engines, a line each; for each it takes all messages some times and prints the seconds of processor time of one.
 */
public class Bench {
    private interface Pass {
        long run() throws Exception;
    }

    private static byte[] bytes;
    private static final List<int[]> RANGES = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        DataInputStream in = new DataInputStream(System.in);
        bytes = new byte[in.readInt()];
        in.readFully(bytes);
        split();
        DataDictionary dictionary = new DataDictionary(Bench.class.getResourceAsStream("/FIX44.xml"));
        dictionary.setCheckUnorderedGroupFields(true);
        Method validate = DataDictionary.class.getDeclaredMethod(
            "validate", Message.class, DataDictionary.class, DataDictionary.class);
        validate.setAccessible(true);
        Map<String, Pass> passes = Map.of(
            "quickfixj", Bench::quickfix,
            "quickfixj_validating", () -> quickfixValidating(dictionary, validate),
            "philadelphia", Bench::philadelphia);
        BufferedReader names = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            System.out.println(seconds(passes.get(name)));
            System.out.flush();
        }
    }

    private static long quickfix() throws Exception {
        for (int[] range : RANGES) {
            Message message = new Message();
            message.fromString(text(range), null, false, true);
        }
        return RANGES.size();
    }

    private static long quickfixValidating(DataDictionary dictionary, Method validate) throws Exception {
        for (int[] range : RANGES) {
            Message message = new Message();
            message.fromString(text(range), dictionary, true, true);
            validate.invoke(null, message, dictionary, dictionary);
        }
        return RANGES.size();
    }

    private static long philadelphia() throws IOException {
        FIXConfig config = FIXConfig.newBuilder().setBeginString("FIX.4.4").setMaxFieldCount(512)
            .setFieldCapacity(256).setCheckSumEnabled(true).build();
        long[] messages = new long[1];
        FIXMessageParser parser = new FIXMessageParser(config, message -> messages[0]++);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (parser.parse(buffer)) {
            // The listener counts.
        }
        return messages[0];
    }

    private static String text(int[] range) {
        return new String(bytes, range[0], range[1] - range[0], StandardCharsets.ISO_8859_1);
    }

    /** Processor time of the whole process, with compiler and collector, as on the other side. */
    private static double seconds(Pass pass) throws Exception {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = system.getProcessCpuTime();
        int passes = 0;
        // The clock ticks in hundredths of a second.
        while (system.getProcessCpuTime() - start < 500_000_000L) {
            if (pass.run() != RANGES.size()) throw new IllegalStateException("a message was not taken");
            passes++;
        }
        return (system.getProcessCpuTime() - start) / 1e9 / passes;
    }

    private static void split() {
        int at = 0;
        while (at < bytes.length) {
            int start = at;
            while (!(bytes[at] == 1 && bytes[at + 1] == '1' && bytes[at + 2] == '0' && bytes[at + 3] == '=')) at++;
            at += 8;
            RANGES.add(new int[] {start, at});
        }
    }
}
