import com.paritytrading.philadelphia.FIXConfig;
import com.paritytrading.philadelphia.FIXMessageParser;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import quickfix.DataDictionary;
import quickfix.Message;

/** Reads sound messages of FIX 4.4 from the standard input and prints how fast each engine takes them, as JSON. */
public class Bench {
    private interface Pass {
        long run() throws Exception;
    }

    private static byte[] bytes;
    private static final List<int[]> RANGES = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        bytes = System.in.readAllBytes();
        split();
        measure("quickfixj", Bench::quickfix);
        DataDictionary dictionary = new DataDictionary(Bench.class.getResourceAsStream("/FIX44.xml"));
        dictionary.setCheckUnorderedGroupFields(true);
        Method validate = DataDictionary.class.getDeclaredMethod(
            "validate", Message.class, DataDictionary.class, DataDictionary.class);
        validate.setAccessible(true);
        measure("quickfixj_validating", () -> quickfixValidating(dictionary, validate));
        measure("philadelphia", Bench::philadelphia);
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

    /** The best of some passes after one to warm up, in processor time of this thread: the machine may be shared. */
    private static void measure(String name, Pass pass) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        long messages = pass.run();
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 4; round++) {
            long start = threads.getCurrentThreadCpuTime();
            messages = pass.run();
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - start) / 1e9);
        }
        System.out.println("{\"name\":\"" + name + "\",\"messages\":" + messages + ",\"seconds\":" + best + "}");
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
